import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { SqsJobQueue } from '../../../lambdas/adapters/sqs-job-queue.ts';
import type { Delivery, JobQueue } from '../../../lambdas/domain/ports.ts';
import { clientOptions } from '../../../local/credentials.ts';
import { ManualClock } from '../../support/memory/clock.ts';
import { MemoryJobQueue, MemoryQueue } from '../../support/memory/queue.ts';
import type { Implementation } from '../contract.ts';
import { serversOf } from '../servers.ts';

/** Seconds for which a received message stays hidden: more than a call takes on the busiest machine. */
export const VISIBILITY = 6;
export const MAX_RECEIVES = 3;

export interface ReceivedMessage {
  readonly body: string;
  readonly receiptHandle: string;
  readonly receives: number;
}

/** A queue with its dead-letter queue, seen from all sides: the port sends, the event source receives and deletes. */
export interface QueueBench {
  readonly queue: JobQueue;
  delivery(received: ReceivedMessage): Delivery;
  send(body: string): Promise<void>;
  receive(): Promise<ReceivedMessage | undefined>;
  /** Receives again and again until there is a message; `undefined` when none comes within a minute. */
  awaitMessage(): Promise<ReceivedMessage | undefined>;
  delete(receiptHandle: string): Promise<void>;
  deadLetter(): Promise<string | undefined>;
  pass(seconds: number): Promise<void>;
}

export function jobQueues(): Implementation<QueueBench>[] {
  const servers = serversOf('sqs').map(({ name, missing, endpoint }) => ({
    name,
    missing,
    open: () => createQueue(new SQSClient({ ...clientOptions(endpoint), useQueueUrlAsEndpoint: false })),
  }));
  return [{ name: 'in memory', open: async () => inMemory() }, ...servers];
}

function inMemory(): QueueBench {
  const clock = new ManualClock();
  const deadLetters = new MemoryQueue(clock, { visibility: VISIBILITY });
  const redrive = { maxReceives: MAX_RECEIVES, to: deadLetters };
  const messages = new MemoryQueue(clock, { visibility: VISIBILITY, redrive });
  const queue = new MemoryJobQueue(messages);
  return {
    queue,
    delivery: (received) => queue.delivery({ messageId: 'any', ...received }, 'any'),
    send: async (body) => void messages.send(body),
    receive: async () => messages.receive(),
    awaitMessage: async () => messages.receive(),
    delete: async (receiptHandle) => messages.delete(receiptHandle),
    deadLetter: async () => deadLetters.receive()?.body,
    pass: async (seconds) => clock.advance(seconds),
  };
}

async function createQueue(client: SQSClient): Promise<QueueBench> {
  const VisibilityTimeout = String(VISIBILITY);
  const create = async (Attributes: Record<string, string>) => {
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: randomUUID(), Attributes }));
    return QueueUrl;
  };
  const deadLetters = await create({ VisibilityTimeout });
  const get = new GetQueueAttributesCommand({ QueueUrl: deadLetters, AttributeNames: ['QueueArn'] });
  const deadLetterTargetArn = (await client.send(get)).Attributes?.QueueArn;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: MAX_RECEIVES });
  return overWire(client, await create({ VisibilityTimeout, RedrivePolicy }), deadLetters);
}

function overWire(client: SQSClient, QueueUrl: string, deadLetters: string): QueueBench {
  const queue = new SqsJobQueue(client, QueueUrl);
  const receiveFrom = async (url: string) => {
    const MessageSystemAttributeNames = ['ApproximateReceiveCount' as const];
    const receive = new ReceiveMessageCommand({ QueueUrl: url, MessageSystemAttributeNames, WaitTimeSeconds: 0 });
    return (await client.send(receive)).Messages?.[0];
  };
  const receive = async (): Promise<ReceivedMessage | undefined> => {
    const message = await receiveFrom(QueueUrl);
    if (message === undefined) return undefined;
    const { Body = '', ReceiptHandle = '', Attributes } = message;
    return { body: Body, receiptHandle: ReceiptHandle, receives: Number(Attributes?.ApproximateReceiveCount) };
  };
  return {
    queue,
    receive,
    awaitMessage: () => first(receive),
    delivery: ({ body, receiptHandle, receives }) => {
      const attributes = { ApproximateReceiveCount: String(receives) };
      return queue.delivery({ body, receiptHandle, attributes }, 'any');
    },
    send: async (MessageBody) => void (await client.send(new SendMessageCommand({ QueueUrl, MessageBody }))),
    delete: async (ReceiptHandle) => void (await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))),
    deadLetter: async () => (await receiveFrom(deadLetters))?.Body,
    pass: (seconds) => sleep(seconds * 1000),
  };
}

async function first<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await find();
    if (found !== undefined) return found;
    await sleep(100);
  }
  return undefined;
}
