import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { CALLER, callOf, STRANGER } from '../../support/api-call.ts';
import { AwsServer, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

beforeAll(async () => {
  await aws.start('status', { LINK_SECONDS: '900' });
  ({ handler } = await import('../../../lambdas/functions/status/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const far = Math.floor(Date.now() / 1000) + 86_400;
const queued = queuedRow({ id: randomJobId(Date.now()), tenant: CALLER, expiresAt: far });
const done = {
  ...queued,
  ...{
    status: 'done',
    startedAt: queued.createdAt,
    finishedAt: queued.createdAt,
    reportExpiresAt: far,
    fileName: 'f.pdf',
  },
  report: { key: 'reports/f.pdf', contentType: 'application/pdf', sizeBytes: 9, sha256: 'h', rows: 1, warnings: [] },
};

async function ask(id: string | undefined, userArn: string | null = CALLER) {
  const event = {
    ...{ httpMethod: 'GET', resource: '/status/{id}', path: `/status/${id}`, headers: {} },
    pathParameters: id === undefined ? null : { id },
    requestContext: {
      ...{ requestId: 'r', identity: { userArn }, path: `/prod/status/${id}`, domainName: 'api.example.com' },
    },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEvent, contextWith());
  return { ...answer, json: JSON.parse(answer.body) };
}

describe('GET /status/{id}', () => {
  it('shows the job of the row, and when to ask again', async () => {
    aws.answer = () => ({ body: { Item: itemOf(queued) } });
    const { statusCode, headers, json } = await ask(queued.id);
    expect(statusCode).toBe(200);
    expect(json).toMatchObject({ id: queued.id, status: 'queued', report: null });
    expect(json.links.self).toBe(`https://api.example.com/prod/status/${queued.id}`);
    expect(headers).toHaveProperty('Retry-After');
    expect(aws.calls).toMatchObject([
      { what: 'DynamoDB.GetItem', json: { TableName: 'jobs_table', Key: { id: { S: queued.id } } } },
    ]);
  });

  it('shows a job that is done with a link to its file, and asks nobody to come again', async () => {
    aws.answer = () => ({ body: { Item: itemOf(done) } });
    const { json, headers } = await ask(done.id);
    expect(json.status).toBe('done');
    const link = new URL(json.report.url);
    expect(link.pathname).toBe('/bucket/reports/f.pdf');
    expect(link.searchParams.get('X-Amz-Expires')).toBe('900');
    expect(headers).not.toHaveProperty('Retry-After');
  });

  it('is answered to its own tenant alone', async () => {
    aws.answer = () => ({ body: { Item: itemOf(queued) } });
    expect(await ask(queued.id, 'arn:aws:iam::123456789012:user/other')).toMatchObject({ statusCode: 404 });
    expect(await ask(queued.id, null)).toMatchObject({ statusCode: 401 });
    expect(await ask(undefined)).toMatchObject({ statusCode: 404, json: { code: 'NOT_FOUND' } });
  });

  it('is answered with 503 where the table fails', async () => {
    aws.answer = () => ({ status: 400, body: { __type: 'x#ValidationException' } });
    expect(await ask(queued.id)).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
  });
});

describe('GET /download/{id}', () => {
  async function follow(query?: Record<string, string>, caller: string | null = CALLER) {
    const call = callOf({ route: '/download/{id}', parameters: { id: queued.id }, ...(query && { query }), caller });
    return handler(call, contextWith());
  }
  const code = ({ body }: APIGatewayProxyResult) => JSON.parse(body).code;

  it('leads to the file by a link that is signed now, to be saved under its name', async () => {
    aws.answer = () => ({ body: { Item: itemOf(done) } });
    const { statusCode, headers = {}, body } = await follow();
    expect({ statusCode, body }).toEqual({ statusCode: 302, body: '' });
    const link = new URL(String(headers.Location));
    expect(link.pathname).toBe('/bucket/reports/f.pdf');
    expect(link.searchParams.get('X-Amz-Expires')).toBe('900');
    expect(link.searchParams.get('response-content-disposition')).toMatch(/^attachment; .*f\.pdf/);
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  });

  it('shows a PDF in the browser where that is wished, and refuses it for a workbook', async () => {
    aws.answer = () => ({ body: { Item: itemOf({ ...done, format: 'pdf' }) } });
    const link = new URL(String((await follow({ inline: '' })).headers?.Location));
    expect(link.searchParams.get('response-content-disposition')).toMatch(/^inline/);
    expect(link.searchParams.get('response-content-type')).toBe('application/pdf');
    aws.answer = () => ({ body: { Item: itemOf({ ...done, format: 'xlsx' }) } });
    const refused = await follow({ inline: '' });
    expect(refused.statusCode).toBe(400);
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'INVALID_QUERY', errors: [{ pointer: '/inline' }] });
    expect((await follow({ colour: 'red' })).statusCode).toBe(400);
  });

  it('is refused while there is no file, and after the end of its life', async () => {
    aws.answer = () => ({ body: { Item: itemOf(queued) } });
    const early = await follow();
    expect([early.statusCode, code(early)]).toEqual([409, 'NOT_DONE']);
    aws.answer = () => ({ body: { Item: itemOf({ ...done, reportExpiresAt: 1 }) } });
    const late = await follow();
    expect([late.statusCode, code(late)]).toEqual([410, 'GONE']);
  });

  it('answers a stranger as if there were no such job, and nobody who does not sign', async () => {
    aws.answer = () => ({ body: { Item: itemOf(done) } });
    const foreign = await follow(undefined, STRANGER);
    aws.answer = () => ({});
    expect(foreign.statusCode).toBe(404);
    expect(await follow(undefined, STRANGER)).toEqual(foreign);
    expect((await follow(undefined, null)).statusCode).toBe(401);
  });
});
