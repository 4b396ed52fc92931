import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { namesOf } from '../../../lambdas/domain/share.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { CALLER, callOf, STRANGER } from '../../support/api-call.ts';
import { AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
beforeAll(async () => {
  await aws.start('shares');
  ({ handler } = await import('../../../lambdas/functions/shares/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const far = Math.floor(Date.now() / 1000) + 30 * 86_400;
const createdAt = new Date().toISOString();
const queued = queuedRow({ id: randomJobId(Date.now()), tenant: CALLER, expiresAt: far });
const done = {
  ...{ ...queued, status: 'done', startedAt: createdAt, finishedAt: createdAt, reportExpiresAt: far },
  report: { key: 'reports/f.xlsx', sizeBytes: 9, sha256: 'h', rows: 1, warnings: [] },
};
const SHARE_ID = '0123456789abcdef0123';
const share = { hash: 'h', createdAt, expiresAt: '2099-01-01T00:00:00.000Z', limit: 5 };
const shared = { ...done, shares: 1, [`share_${SHARE_ID}`]: share, [`uses_${SHARE_ID}`]: 2 };

const rows = (read: object, written: object = read) => {
  aws.answer = ({ what }) => ({
    body: what === 'DynamoDB.GetItem' ? { Item: itemOf(read) } : { Attributes: itemOf(written) },
  });
};
async function call(method: string, more: { body?: unknown; shareId?: string; caller?: string | null } = {}) {
  const { body, shareId, caller = CALLER } = more;
  const route = shareId === undefined ? '/status/{id}/shares' : '/status/{id}/shares/{shareId}';
  const parameters = { id: queued.id, ...(shareId === undefined ? {} : { shareId }) };
  const answer = await handler(callOf({ method, route, parameters, body, caller }), contextWith());
  return { ...answer, json: answer.body === '' ? undefined : JSON.parse(answer.body) };
}
const base = `https://api.example.com/prod/status/${queued.id}/shares`;

describe('POST /status/{id}/shares', () => {
  it('answers 201 with a link whose token the row does not hold', async () => {
    rows(done);
    const { statusCode, headers, json } = await call('POST', { body: { days: 2, downloads: 5 } });
    expect(statusCode).toBe(201);
    expect(json).toMatchObject({ downloads: { limit: 5, used: 0 }, links: { self: `${base}/${json.id}` } });
    expect(headers).toHaveProperty('Location', `${base}/${json.id}`);
    expect(json.url).toMatch(/^https:\/\/api\.example\.com\/prod\/files\/[a-z0-9-]{26,36}\.[\w-]{27}$/);
    const token = json.url.split('/').at(-1);
    expect(namesOf(token).id).toBe(json.id);
    expect(Date.parse(json.expiresAt) - Date.parse(json.createdAt)).toBe(2 * 86_400_000);
    const [write] = aws.of('DynamoDB.UpdateItem');
    expect(write?.json).toMatchObject({ TableName: 'jobs_table', Key: { id: { S: queued.id } } });
    expect(JSON.stringify(write?.json)).toContain(namesOf(token).hash);
    expect(JSON.stringify(write?.json)).not.toContain(token);
  });

  it('never outlives the report, and may be used without limit where none is told', async () => {
    rows(done);
    const { json } = await call('POST', { body: { days: 365 } });
    expect(json.expiresAt).toBe(new Date(far * 1000).toISOString());
    expect(json.downloads.limit).toBeNull();
  });

  it.each([
    [{}, '/days'],
    [{ days: 0 }, '/days'],
    [{ days: 366 }, '/days'],
    [{ days: 1, downloads: 0 }, '/downloads'],
    [{ days: 1, colour: 'red' }, '/colour'],
  ])('refuses %j and points at %s', async (body, pointer) => {
    rows(done);
    expect(await call('POST', { body })).toMatchObject({ statusCode: 422, json: { errors: [{ pointer }] } });
  });

  it('is refused for a job without a file, and for one with as many as it can have', async () => {
    rows(queued);
    expect(await call('POST', { body: { days: 1 } })).toMatchObject({ statusCode: 409, json: { code: 'NOT_DONE' } });
    aws.answer = ({ what }) =>
      what === 'DynamoDB.GetItem'
        ? { body: { Item: itemOf(done) } }
        : awsError('ConditionalCheckFailedException', { Item: itemOf(done) });
    expect(await call('POST', { body: { days: 1 } })).toMatchObject({
      statusCode: 409,
      json: { code: 'TOO_MANY_SHARES' },
    });
  });
});

describe('GET /status/{id}/shares', () => {
  it('shows what was made, without the link', async () => {
    rows(shared);
    const { statusCode, json } = await call('GET');
    expect(statusCode).toBe(200);
    const { hash: _, limit, ...told } = share;
    const links = { self: `${base}/${SHARE_ID}` };
    expect(json).toEqual({ shares: [{ id: SHARE_ID, ...told, downloads: { limit, used: 2 }, links }] });
  });
});

describe('DELETE /status/{id}/shares/{shareId}', () => {
  it('ends a share: 204', async () => {
    rows(shared, done);
    expect(await call('DELETE', { shareId: SHARE_ID })).toMatchObject({ statusCode: 204, body: '' });
    expect(JSON.stringify(aws.of('DynamoDB.UpdateItem')[0]?.json)).toContain(`share_${SHARE_ID}`);
  });

  it('is 404 for one that is not there, and nothing is written for a text that is no id', async () => {
    aws.answer = ({ what }) =>
      what === 'DynamoDB.GetItem' ? { body: { Item: itemOf(done) } } : awsError('ConditionalCheckFailedException');
    expect(await call('DELETE', { shareId: SHARE_ID })).toMatchObject({ statusCode: 404 });
    aws.calls.length = 0;
    expect(await call('DELETE', { shareId: 'x REMOVE tenant' })).toMatchObject({ statusCode: 404 });
    expect(aws.of('DynamoDB.UpdateItem')).toEqual([]);
  });
});

it.each([
  ['POST', { body: { days: 1 } }],
  ['GET', {}],
  ['DELETE', { shareId: SHARE_ID }],
])('%s answers a stranger as if there were no such job, and nobody who does not sign', async (method, more) => {
  rows(shared);
  const foreign = await call(method, { ...more, caller: STRANGER });
  aws.answer = () => ({});
  expect(foreign).toMatchObject({ statusCode: 404, json: { code: 'NOT_FOUND' } });
  expect(await call(method, { ...more, caller: STRANGER })).toEqual(foreign);
  expect(await call(method, { ...more, caller: null })).toMatchObject({ statusCode: 401 });
  expect(aws.of('DynamoDB.UpdateItem')).toEqual([]);
});
