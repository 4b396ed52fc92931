import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { CALLER, callOf, STRANGER } from '../../support/api-call.ts';
import { AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
beforeAll(async () => {
  await aws.start('cancel');
  ({ handler } = await import('../../../lambdas/functions/cancel/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const expiresAt = Math.floor(Date.now() / 1000) + 86_400;
const createdAt = new Date().toISOString();
const queued = queuedRow({ id: randomJobId(Date.now()), tenant: CALLER, expiresAt, createdAt, openedAt: createdAt });
const cancelled = { ...queued, status: 'cancelled', startedAt: null, finishedAt: createdAt };
const processing = {
  ...{ ...queued, status: 'processing', startedAt: createdAt, claimedBy: 'w', leaseUntil: Date.now() + 60_000 },
  ...{ attempt: 1, tries: 1, cancelRequestedAt: createdAt },
};

async function cancel(caller: string | null = CALLER, id: string = queued.id) {
  const event = callOf({ method: 'DELETE', route: '/status/{id}', parameters: { id }, caller });
  const answer = await handler(event, contextWith());
  return { ...answer, json: JSON.parse(answer.body) };
}
const rows = (read: object, written: object) => {
  aws.answer = ({ what }) => ({
    body: what === 'DynamoDB.GetItem' ? { Item: itemOf(read) } : { Attributes: itemOf(written) },
  });
};

describe('DELETE /status/{id}', () => {
  it('ends a queued job at once: 200, and nobody need ask again', async () => {
    rows(queued, cancelled);
    const { statusCode, headers, json } = await cancel();
    expect(statusCode).toBe(200);
    expect(json).toMatchObject({ id: queued.id, status: 'cancelled', finishedAt: createdAt });
    expect(json.links.self).toBe(`https://api.example.com/prod/status/${queued.id}`);
    expect(headers).not.toHaveProperty('Retry-After');
    expect(aws.calls.map(({ what, json: { TableName } }) => [what, TableName])).toEqual([
      ['DynamoDB.GetItem', 'jobs_table'],
      ['DynamoDB.UpdateItem', 'jobs_table'],
    ]);
  });

  it('asks the worker of a job that is being made: 202, and when to ask again', async () => {
    rows({ ...processing, cancelRequestedAt: undefined }, processing);
    const { statusCode, headers, json } = await cancel();
    expect(statusCode).toBe(202);
    expect(json).toMatchObject({ status: 'processing', cancelRequestedAt: createdAt });
    expect(headers).toHaveProperty('Retry-After', '1');
  });

  it('answers a repeated call with the job as it stands, and writes nothing', async () => {
    rows(cancelled, cancelled);
    expect(await cancel()).toMatchObject({ statusCode: 200, json: { status: 'cancelled' } });
    expect(aws.calls).toHaveLength(1);
  });

  it('is refused where the job has ended', async () => {
    rows(
      { ...cancelled, status: 'error', error: { code: 'TOO_LARGE', detail: 'It is.', retryable: false } },
      cancelled,
    );
    expect(await cancel()).toMatchObject({
      statusCode: 409,
      json: { code: 'JOB_ENDED', instance: `/status/${queued.id}` },
    });
  });

  it('answers a stranger as if there were no such job, and nobody who does not sign', async () => {
    rows(queued, cancelled);
    const foreign = await cancel(STRANGER);
    aws.answer = () => ({});
    const unknown = await cancel(STRANGER);
    expect(foreign).toMatchObject({ statusCode: 404, json: { code: 'NOT_FOUND' } });
    expect(foreign).toEqual(unknown);
    expect(await cancel(null)).toMatchObject({ statusCode: 401 });
    expect(await cancel(CALLER, 'no id')).toMatchObject({ statusCode: 404 });
    expect(aws.of('DynamoDB.UpdateItem')).toEqual([]);
  });

  it('is answered with 503 where the table fails', async () => {
    aws.answer = () => awsError('ValidationException');
    expect(await cancel()).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
  });
});
