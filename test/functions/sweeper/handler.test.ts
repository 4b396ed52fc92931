import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SweepSummary } from '../../../lambdas/functions/sweeper/sweep.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { type AwsCall, AwsServer, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: unknown, context: Context) => Promise<SweepSummary>;

beforeAll(async () => {
  await aws.start('sweeper', { QUEUED_MAX_AGE_SECONDS: '86400', QUEUED_WAIT_SECONDS: '240' });
  ({ handler } = await import('../../../lambdas/functions/sweeper/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const row = queuedRow({ id: 'a', sweepAt: 1, openedAt: new Date().toISOString() });

/** A table in which one job is due. */
function overdue({ what, json }: AwsCall) {
  if (what === 'DynamoDB.GetItem') return { body: { Item: itemOf(row) } };
  if (what === 'DynamoDB.UpdateItem') {
    const [sweepAt] = Object.values(json.ExpressionAttributeValues as Record<string, { N?: string }>)
      .map(({ N }) => Number(N))
      .filter((number) => number > Date.now());
    return { body: { Attributes: itemOf({ ...row, sweepAt }) } };
  }
  const isShard = JSON.stringify(json).includes('"s#3"');
  return { body: what === 'DynamoDB.Query' && isShard ? { Items: [itemOf({ id: 'a', sweepAt: 1 })] } : {} };
}

describe('a round of the sweeper', () => {
  it('sends for a job that is overdue, and says how many', async () => {
    aws.answer = overdue;
    expect(await handler({}, contextWith())).toEqual({ sent: 1 });
    expect(aws.of('DynamoDB.Query')).toHaveLength(10);
    expect(aws.of('SQS.SendMessage')[0]?.json).toMatchObject({
      QueueUrl: expect.stringMatching(/\/queue_url$/),
      MessageBody: JSON.stringify({ jobId: 'a', generation: 1 }),
    });
  });

  it('begins nothing in the last ten seconds of its time', async () => {
    aws.answer = overdue;
    expect(await handler({}, contextWith(9_999))).toEqual({});
    expect(aws.calls).toEqual([]);
    expect(await handler({}, contextWith(10_000))).toEqual({ sent: 1 });
  });
});
