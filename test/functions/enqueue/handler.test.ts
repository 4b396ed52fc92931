import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsCall, AwsServer, awsError, contextWith, rowOf } from '../../support/aws.ts';

const ARN = 'arn:aws:iam::123456789012:user/reports';
const REQUEST = { format: 'xlsx', title: 'Sales', columns: [{ key: 'a' }], rows: [['x']] };
const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

beforeAll(async () => {
  await aws.start('enqueue', {
    JOB_RETENTION_SECONDS: '86400',
    UNSENT_GRACE_SECONDS: '30',
    QUEUED_WAIT_SECONDS: '240',
    REPORT_SOURCES: '{"tables":{},"buckets":{},"services":{}}',
  });
  ({ handler } = await import('../../../lambdas/functions/enqueue/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

async function post(body: object, headers: Record<string, string> = {}, userArn: string | null = ARN) {
  const event = {
    ...{ httpMethod: 'POST', resource: '/generate', path: '/generate', pathParameters: null },
    ...{
      body: JSON.stringify(body),
      isBase64Encoded: false,
      headers: { 'Content-Type': 'application/json', ...headers },
    },
    requestContext: {
      ...{ requestId: 'call-1', identity: { userArn }, path: '/prod/generate', domainName: 'api.example.com' },
    },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEvent, contextWith());
  return { ...answer, json: JSON.parse(answer.body) };
}

/** A table that holds what was put into it. */
function tableOf() {
  const items = new Map<string, unknown>();
  return ({ what, json }: AwsCall) => {
    if (what !== 'DynamoDB.PutItem') return {};
    const { id } = rowOf({ what, json });
    if (items.has(id)) return awsError('ConditionalCheckFailedException', { Item: items.get(id) });
    items.set(id, json.Item);
    return {};
  };
}

describe('POST /generate', () => {
  it('writes the row, tells the queue, and says where the job is', async () => {
    const { statusCode, headers, json } = await post(REQUEST);
    expect(statusCode).toBe(202);
    expect(json).toMatchObject({ status: 'queued', format: 'xlsx', attempt: 0 });
    expect(headers).toMatchObject({ Location: `https://api.example.com/prod/status/${json.id}`, 'Retry-After': '1' });
    expect(headers).not.toHaveProperty('Idempotent-Replayed');
    expect(aws.calls.map(({ what }) => what)).toEqual(['DynamoDB.PutItem', 'SQS.SendMessage', 'DynamoDB.UpdateItem']);
    expect(aws.calls[0]?.json.TableName).toBe('jobs_table');
    const row = rowOf(aws.calls[0]);
    expect(row).toMatchObject({ id: json.id, tenant: ARN, status: 'queued', fileName: 'Sales.xlsx' });
    expect(row.expiresAt - Date.parse(row.createdAt) / 1000).toBeCloseTo(86_400, -1);
    expect(row.sweepAt - Date.parse(row.createdAt)).toBe(30_000);
    expect(aws.of('SQS.SendMessage')[0]?.json).toMatchObject({
      QueueUrl: expect.stringMatching(/queue_url$/),
      MessageBody: JSON.stringify({ jobId: json.id, generation: 1 }),
    });
  });

  it('answers the same key with the same job, and says so', async () => {
    aws.answer = tableOf();
    const first = await post(REQUEST, { 'Idempotency-Key': 'k' });
    const second = await post(REQUEST, { 'idempotency-key': 'k' });
    expect(second).toMatchObject({ statusCode: 202, json: { id: first.json.id } });
    expect(second.headers).toHaveProperty('Idempotent-Replayed', 'true');
    expect(await post({ ...REQUEST, title: 'Other' }, { 'Idempotency-Key': 'k' })).toMatchObject({ statusCode: 422 });
  });

  it('keeps a request that is too large for a row in the bucket', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [`row ${i} ${Math.sin(i)}`]);
    const { json } = await post({ ...REQUEST, rows });
    expect(aws.calls[0]?.what).toMatch(new RegExp(`^PUT /bucket/requests/${json.id}/`));
  });

  it('is refused to whoever did not sign, and where something is wrong, without a row', async () => {
    expect(await post(REQUEST, {}, null)).toMatchObject({ statusCode: 401 });
    expect(await post({ ...REQUEST, format: 'doc' })).toMatchObject({ statusCode: 422 });
    expect(aws.calls).toEqual([]);
  });
});
