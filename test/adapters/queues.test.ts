import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { EventBridgeBus } from '../../lambdas/adapters/event-bridge-bus.ts';
import { SqsCallbackQueue } from '../../lambdas/adapters/sqs-callback-queue.ts';
import { SqsJobQueue } from '../../lambdas/adapters/sqs-job-queue.ts';
import type { ReportEvent } from '../../lambdas/domain/callback-event.ts';
import { jsonAnswer, jsonError, wired } from '../support/wire.ts';

const URL = 'https://sqs.eu-west-1.amazonaws.com/123456789012/jobs';
const MESSAGE = { jobId: 'job', generation: 3 };

/** An SQS whose answers name no checksum, which the client would hold against the body. */
const clientOf = ({ config }: ReturnType<typeof wired>) => new SQSClient({ ...config, md5: false });

describe('the job queue', () => {
  it('is told of a job in the group of its tenant', async () => {
    const wire = wired(() => jsonAnswer());
    await new SqsJobQueue(clientOf(wire), URL).send(MESSAGE, 'tenant');
    expect(wire.calls).toMatchObject([
      {
        target: 'AmazonSQS.SendMessage',
        json: { QueueUrl: URL, MessageBody: JSON.stringify(MESSAGE), MessageGroupId: 'tenant' },
      },
    ]);
  });

  it('that is away is an outage', async () => {
    const wire = wired(() => jsonError('ThrottlingException'));
    await expect(new SqsJobQueue(clientOf(wire), URL).send(MESSAGE, 't')).rejects.toMatchObject({ name: 'Outage' });
  });

  const record = { body: '{"jobId":"job"}', receiptHandle: 'receipt', attributes: { ApproximateReceiveCount: '4' } };

  it('delivers a message with its receives, in the name of the invocation', () => {
    const delivery = new SqsJobQueue(clientOf(wired(() => jsonAnswer())), URL).delivery(record, 'invocation');
    expect(delivery).toMatchObject({ body: record.body, id: 'invocation', receives: 4 });
  });

  it.each([
    [0, 0],
    [2.1, 3],
    [43_200, 43_200],
    [50_000, 43_200],
  ])('is told to bring a message back after %d seconds, at most 12 hours', async (seconds, asked) => {
    const wire = wired(() => jsonAnswer());
    await new SqsJobQueue(clientOf(wire), URL).delivery(record, 'invocation').returnAfter(seconds);
    expect(wire.calls).toMatchObject([
      {
        target: 'AmazonSQS.ChangeMessageVisibility',
        json: { QueueUrl: URL, ReceiptHandle: 'receipt', VisibilityTimeout: asked },
      },
    ]);
  });
});

it.each([
  [undefined, 0],
  [45, 45],
])('the callback queue is told of a job, to be heard after %s seconds', async (delay, asked) => {
  const wire = wired(() => jsonAnswer());
  await new SqsCallbackQueue(clientOf(wire), URL).send(MESSAGE, delay);
  expect(wire.calls).toMatchObject([
    {
      target: 'AmazonSQS.SendMessage',
      json: { QueueUrl: URL, MessageBody: JSON.stringify(MESSAGE), DelaySeconds: asked },
    },
  ]);
});

describe('the bus', () => {
  const event: ReportEvent = {
    type: 'report.done',
    timestamp: '2026-01-05T09:00:00.000Z',
    data: {
      ...{ id: 'job', status: 'done', format: 'pdf', reference: null, generation: 1, code: null },
      links: { self: null },
    },
  };

  it('is told of the end of a job, as of when it ended', async () => {
    const wire = wired(() => jsonAnswer({ FailedEntryCount: 0, Entries: [{ EventId: 'e' }] }));
    await new EventBridgeBus(new EventBridgeClient(wire.config)).publish(event);
    const entry = {
      ...{ Source: 'quire', DetailType: 'report.done', Time: Date.parse(event.timestamp) / 1000 },
      Detail: JSON.stringify(event.data),
    };
    expect(wire.calls).toMatchObject([{ target: 'AWSEvents.PutEvents', json: { Entries: [entry] } }]);
  });

  it('that takes the call and refuses the event, fails', async () => {
    const refusal = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
    const wire = wired(() => jsonAnswer(refusal));
    const told = new EventBridgeBus(new EventBridgeClient(wire.config)).publish(event);
    await expect(told).rejects.toThrow('The event was refused: ThrottlingException.');
  });

  it('that says nothing of refusals has taken it', async () => {
    const wire = wired(() => jsonAnswer());
    await new EventBridgeBus(new EventBridgeClient(wire.config)).publish(event);
    expect(wire.calls).toHaveLength(1);
  });
});
