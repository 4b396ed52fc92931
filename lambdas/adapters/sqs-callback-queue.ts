import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { CallbackQueue } from '../domain/callback.ts';
import type { JobMessage } from '../domain/job.ts';

/** A queue of callbacks in SQS. */
export class SqsCallbackQueue implements CallbackQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async send(message: JobMessage, delay = 0): Promise<void> {
    const MessageBody = JSON.stringify(message);
    await this.#client.send(new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody, DelaySeconds: delay }));
  }
}
