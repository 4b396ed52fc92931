import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  await aws.start('deadLetter', { MAX_ATTEMPTS: '3', QUEUED_MAX_AGE_SECONDS: '86400' });
  ({ handler } = await import('../../../lambdas/functions/dead-letter/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const record = (messageId: string, body: string) => ({ messageId, body }) as SQSRecord;
const message = (jobId: string) => JSON.stringify({ jobId, generation: 1 });

describe('the consumer of the dead-letter queue', () => {
  it('leaves there what names no job, and takes what names one that is not there', async () => {
    const Records = [record('m1', 'junk'), record('m2', message('a')), record('m3', '{}')];
    expect(await handler({ Records }, contextWith())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }],
    });
    expect(aws.calls).toMatchObject([{ what: 'DynamoDB.GetItem', json: { TableName: 'jobs_table' } }]);
  });

  it('leaves there what it could not look up', async () => {
    aws.answer = () => awsError('ValidationException');
    expect(await handler({ Records: [record('m1', message('a'))] }, contextWith())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
  });

  it('ends a job that has waited for longer than a job may', async () => {
    const row = queuedRow({ id: 'a', sweepAt: 0, openedAt: new Date(Date.now() - 2 * 86_400_000).toISOString() });
    aws.answer = ({ what }) => ({
      body: what.endsWith('GetItem') ? { Item: itemOf(row) } : { Attributes: itemOf(row) },
    });
    expect(await handler({ Records: [record('m1', message('a'))] }, contextWith())).toEqual({ batchItemFailures: [] });
    expect(JSON.stringify(aws.of('DynamoDB.UpdateItem'))).toContain('EXPIRED_IN_QUEUE');
  });
});
