import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { AwsServer, awsError, contextWith, itemOf } from '../../support/aws.ts';

const aws = new AwsServer();
let handler: (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

beforeAll(async () => {
  await aws.start('notify');
  ({ handler } = await import('../../../lambdas/functions/notify/handler.ts'));
});
afterAll(() => aws.stop());
beforeEach(() => aws.forget());

const ended = (id: string, callbackUrl?: string) => ({
  ...queuedRow({ id, callbackUrl }),
  ...{ status: 'error', startedAt: null, finishedAt: '2026-01-05T09:00:00.000Z' },
  error: { code: 'TOO_LARGE', detail: 'It is.', retryable: false },
});
const record = (SequenceNumber: string, row?: object) =>
  ({ eventID: 'e', dynamodb: { SequenceNumber, ...(row && { NewImage: itemOf(row) }) } }) as DynamoDBRecord;
const told = (...Records: DynamoDBRecord[]) => handler({ Records }, contextWith());

describe('the reader of the stream of jobs', () => {
  it('tells the bus of a job that has ended, and the queue of its callback', async () => {
    expect(await told(record('1', ended('a')), record('2', ended('b', 'https://x.example')))).toEqual({
      batchItemFailures: [],
    });
    expect(aws.calls.map(({ what }) => what)).toEqual(['Events.PutEvents', 'Events.PutEvents', 'SQS.SendMessage']);
    expect(aws.calls[2]?.json).toMatchObject({
      QueueUrl: expect.stringMatching(/callback_queue_url$/),
      MessageBody: JSON.stringify({ jobId: 'b', generation: 1 }),
    });
  });

  it('tells nobody of a job that is open, or of a row that is gone', async () => {
    expect(await told(record('1', queuedRow()), record('2'), { eventID: 'e' })).toEqual({ batchItemFailures: [] });
    expect(aws.calls).toEqual([]);
  });

  it('starts again where it failed, and goes no further', async () => {
    aws.answer = () => (aws.calls.length === 1 ? {} : awsError('InternalException'));
    expect(await told(record('1', ended('a')), record('2', ended('b')), record('3', ended('c')))).toEqual({
      batchItemFailures: [{ itemIdentifier: '2' }],
    });
    expect(aws.calls).toHaveLength(2);
  });

  it('starts again at a row that it cannot read', async () => {
    expect(await told(record('1', { ...ended('a'), status: 'archived' }))).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
  });
});
