import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { tenantHash } from '../../../lambdas/domain/keys.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { CALLER, callOf, STRANGER } from '../../support/api-call.ts';
import { type AwsAnswer, AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
beforeAll(async () => {
  await aws.start('redrive', { JOB_RETENTION_SECONDS: '2592000', UNSENT_GRACE_SECONDS: '45' });
  ({ handler } = await import('../../../lambdas/functions/redrive/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const far = Math.floor(Date.now() / 1000) + 86_400;
const createdAt = new Date().toISOString();
const request = { kind: 'stored', key: 'requests/r' } as const;
const queued = queuedRow({ id: randomJobId(Date.now()), tenant: CALLER, expiresAt: far, createdAt, request });
const failed = {
  ...{ ...queued, status: 'error', startedAt: createdAt, finishedAt: createdAt, attempt: 3 },
  error: { code: 'INTERNAL', detail: 'It failed.', retryable: true },
};
const opened = { ...queued, generation: 2, openedAt: createdAt };

function rows(read: object, written: object, object: AwsAnswer = { headers: { etag: '"e"', 'content-length': '9' } }) {
  aws.answer = ({ what }) => {
    if (what === 'DynamoDB.GetItem') return { body: { Item: itemOf(read) } };
    if (what === 'DynamoDB.UpdateItem') return { body: { Attributes: itemOf(written) } };
    return what.startsWith('HEAD') ? object : { body: {} };
  };
}
async function redrive(body?: unknown, caller: string | null = CALLER) {
  const event = callOf({ method: 'POST', route: '/status/{id}/redrive', parameters: { id: queued.id }, body, caller });
  const answer = await handler(event, contextWith());
  return { ...answer, json: JSON.parse(answer.body) };
}

describe('POST /status/{id}/redrive', () => {
  it('opens a failed job as its next generation, sends its message, and says where to look', async () => {
    rows(failed, opened);
    const before = Date.now();
    const { statusCode, headers, json } = await redrive({ generation: 1 });
    expect(statusCode).toBe(202);
    expect(json).toMatchObject({ id: queued.id, status: 'queued', generation: 2 });
    const self = `https://api.example.com/prod/status/${queued.id}`;
    expect(json.links.self).toBe(self);
    expect(headers).toMatchObject({ Location: self, 'Retry-After': '1' });
    expect(aws.calls.map(({ what }) => what)).toEqual([
      'DynamoDB.GetItem',
      'HEAD /bucket/requests/r',
      'DynamoDB.UpdateItem',
      'SQS.SendMessage',
      'DynamoDB.UpdateItem',
    ]);
    const [open, send] = aws.calls.slice(2).map(({ json: sent }) => sent);
    const values = JSON.stringify(open?.ExpressionAttributeValues);
    const numbers = [...values.matchAll(/"N":"(\d+)"/g)].map(([, digits]) => Number(digits));
    // Kept for a month more, and looked at again if its message is lost.
    expect(numbers.some((number) => Math.abs(number - (before / 1000 + 2_592_000)) < 60)).toBe(true);
    expect(numbers.some((number) => Math.abs(number - (before + 45_000)) < 30_000)).toBe(true);
    expect(send).toMatchObject({ MessageGroupId: tenantHash(CALLER) });
    expect(JSON.parse(String(send?.MessageBody))).toEqual({ jobId: queued.id, generation: 2 });
  });

  it('takes a call without a body', async () => {
    rows(failed, opened);
    expect(await redrive()).toMatchObject({ statusCode: 202, json: { generation: 2 } });
  });

  it('answers a repeated call with the job as it stands, and does nothing', async () => {
    rows(opened, opened);
    expect(await redrive({ generation: 1 })).toMatchObject({ statusCode: 202, json: { generation: 2 } });
    expect(aws.calls).toHaveLength(1);
  });

  it('is refused where the job has not failed, or its request is not there any more', async () => {
    rows(queued, queued);
    expect(await redrive()).toMatchObject({ statusCode: 409, json: { code: 'NOT_FAILED' } });
    rows(failed, opened, { status: 404 });
    expect(await redrive()).toMatchObject({ statusCode: 409, json: { code: 'REQUEST_GONE' } });
    expect(aws.of('DynamoDB.UpdateItem')).toEqual([]);
  });

  it.each([
    [{ generation: 0 }, '/generation'],
    [{ generation: 2 }, '/generation'],
    [{ again: true }, '/again'],
  ])('refuses %j and points at %s', async (body, pointer) => {
    rows(failed, opened);
    expect(await redrive(body)).toMatchObject({ statusCode: 422, json: { errors: [{ pointer }] } });
  });

  it('answers a stranger as if there were no such job, and nobody who does not sign', async () => {
    rows(failed, opened);
    const foreign = await redrive(undefined, STRANGER);
    aws.answer = () => ({});
    expect(foreign).toMatchObject({ statusCode: 404, json: { code: 'NOT_FOUND' } });
    expect(await redrive(undefined, STRANGER)).toEqual(foreign);
    expect(await redrive(undefined, null)).toMatchObject({ statusCode: 401 });
    expect(aws.of('DynamoDB.UpdateItem')).toEqual([]);
  });

  it('is done although the queue is out of reach: the sweeper sends the message later', async () => {
    rows(failed, opened);
    const fine = aws.answer;
    aws.answer = (call) => (call.what === 'SQS.SendMessage' ? awsError('ServiceUnavailable') : fine(call));
    expect(await redrive()).toMatchObject({ statusCode: 202 });
  });

  it('is answered with 503 where the table fails', async () => {
    aws.answer = () => awsError('ValidationException');
    expect(await redrive()).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
  });
});
