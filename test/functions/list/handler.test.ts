import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { CALLER, callOf, STRANGER } from '../../support/api-call.ts';
import { type AwsCall, AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
beforeAll(async () => {
  await aws.start('list');
  ({ handler } = await import('../../../lambdas/functions/list/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const expiresAt = Math.floor(Date.now() / 1000) + 86_400;
const row = (second: number, changes = {}) => {
  const createdAt = new Date(Date.UTC(2026, 10, 27, 10, 0, second)).toISOString();
  return queuedRow({ id: randomJobId(Date.parse(createdAt)), tenant: CALLER, expiresAt, createdAt, ...changes });
};
const [newest, middle, oldest] = [row(3), row(2, { format: 'pdf' }), row(1)] as const;
const keyOf = ({ id, createdAt, tenant }: typeof newest) => itemOf({ id, createdAt, tenant });

/** The index and the table with these rows, newest first, `size` keys a page. */
function holding(rows: readonly (typeof newest)[], size = 100) {
  aws.answer = ({ what, json }: AwsCall) => {
    if (what === 'DynamoDB.BatchGetItem') return { body: { Responses: { jobs_table: rows.map(itemOf) } } };
    const start = (json.ExclusiveStartKey as { id: { S: string } } | undefined)?.id.S;
    const from = rows.findIndex(({ id }) => id === start) + 1;
    const page = rows.slice(from, from + size);
    const last = page.at(-1);
    const more = from + size < rows.length && last !== undefined;
    return { body: { Items: page.map(keyOf), ...(more && { LastEvaluatedKey: keyOf(last) }) } };
  };
}
async function list(query: Record<string, string> = {}, caller: string | null = CALLER) {
  const answer = await handler(callOf({ route: '/status', query, caller }), contextWith());
  return { ...answer, json: JSON.parse(answer.body) };
}
const idsOf = (json: { jobs: { id: string }[] }) => json.jobs.map(({ id }) => id);

describe('GET /status', () => {
  it('lists the jobs of the caller in the order of the index, read in full and consistently', async () => {
    holding([newest, middle, oldest]);
    const { statusCode, json } = await list();
    expect(statusCode).toBe(200);
    expect(idsOf(json)).toEqual([newest.id, middle.id, oldest.id]);
    expect(json).toMatchObject({ cursor: null, links: { next: null } });
    expect(json.jobs[0].links.self).toBe(`https://api.example.com/prod/status/${newest.id}`);
    expect(aws.calls).toMatchObject([
      {
        what: 'DynamoDB.Query',
        json: {
          TableName: 'jobs_table',
          IndexName: 'byTenant',
          KeyConditionExpression: '#tenant = :tenant AND #at BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#tenant': 'tenant', '#at': 'createdAt' },
          ExpressionAttributeValues: { ':tenant': { S: CALLER }, ':from': { S: '0' }, ':to': { S: 'Z' } },
          ScanIndexForward: false,
          Limit: 100,
        },
      },
      {
        what: 'DynamoDB.BatchGetItem',
        json: {
          RequestItems: {
            jobs_table: { ConsistentRead: true, Keys: [newest, middle, oldest].map(({ id }) => ({ id: { S: id } })) },
          },
        },
      },
    ]);
    expect(aws.calls[0]?.json).not.toHaveProperty('ExclusiveStartKey');
  });

  it('goes on where its cursor says, under the same filter, and gives the address of the next page', async () => {
    holding([newest, middle, oldest]);
    const first = (await list({ limit: '1', format: 'xlsx' })).json;
    expect(idsOf(first)).toEqual([newest.id]);
    expect(first.links.next).toBe(
      `https://api.example.com/prod/status?limit=1&format=xlsx&cursor=${encodeURIComponent(first.cursor)}`,
    );
    aws.calls.length = 0;
    const second = (await list({ limit: '1', format: 'xlsx', cursor: first.cursor })).json;
    expect(idsOf(second)).toEqual([oldest.id]);
    expect(aws.calls[0]?.json.ExclusiveStartKey).toEqual(keyOf(newest));
  });

  it('reads the index page after page until there is enough', async () => {
    holding([newest, middle, oldest], 1);
    expect(idsOf((await list({ format: 'xlsx' })).json)).toEqual([newest.id, oldest.id]);
    expect(aws.of('DynamoDB.Query')).toHaveLength(3);
  });

  it('asks for a span that holds its beginning and not its end', async () => {
    holding([]);
    await list({ from: '2026-11-27T10:00:00+01:00', to: '2026-11-27T10:00:01Z' });
    expect(aws.calls).toHaveLength(1);
    expect(aws.calls[0]?.json.ExpressionAttributeValues).toMatchObject({
      ':from': { S: '2026-11-27T09:00:00.000Z' },
      ':to': { S: '2026-11-27T10:00:00.999Z' },
    });
  });

  it('asks again for rows that the table left out, and gives up with 503 where it always does', async () => {
    holding([newest, middle]);
    const whole = aws.answer;
    const UnprocessedKeys = { jobs_table: { Keys: [{ id: { S: middle.id } }] } };
    let answers = 0;
    aws.answer = (call) => {
      if (call.what !== 'DynamoDB.BatchGetItem') return whole(call);
      answers += 1;
      if (answers > 1) return { body: { Responses: { jobs_table: [itemOf(middle)] } } };
      return { body: { Responses: { jobs_table: [itemOf(newest)] }, UnprocessedKeys } };
    };
    expect(idsOf((await list()).json)).toEqual([newest.id, middle.id]);
    const [, again] = aws.of('DynamoDB.BatchGetItem');
    expect(again?.json).toMatchObject({ RequestItems: { jobs_table: { Keys: [{ id: { S: middle.id } }] } } });

    aws.forget();
    aws.answer = (call) =>
      call.what === 'DynamoDB.BatchGetItem' ? { body: { Responses: {}, UnprocessedKeys } } : whole(call);
    expect(await list()).toMatchObject({ statusCode: 503 });
    expect(aws.of('DynamoDB.BatchGetItem')).toHaveLength(5);
  });

  it('does not show a row whose life is over, nor one that is gone', async () => {
    holding([newest, { ...middle, expiresAt: 1 }]);
    expect(idsOf((await list()).json)).toEqual([newest.id]);
  });

  it("refuses a parameter that is wrong by its name, and another tenant's cursor", async () => {
    holding([newest, middle]);
    expect(await list({ status: 'lost' })).toMatchObject({
      statusCode: 400,
      json: { errors: [{ pointer: '/status' }] },
    });
    expect(await list({ colour: 'red' })).toMatchObject({
      statusCode: 400,
      json: { errors: [{ pointer: '/colour' }] },
    });
    const { cursor } = (await list({ limit: '1' })).json;
    expect(await list({ limit: '1', cursor }, STRANGER)).toMatchObject({
      statusCode: 400,
      json: { code: 'INVALID_QUERY', errors: [{ pointer: '/cursor' }] },
    });
    expect(await list({}, null)).toMatchObject({ statusCode: 401 });
  });

  it('is answered with 503 where the index fails', async () => {
    aws.answer = () => awsError('ValidationException');
    expect(await list()).toMatchObject({ statusCode: 503 });
  });
});
