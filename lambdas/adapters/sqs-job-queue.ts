import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { JobMessage } from '../domain/job.ts';
import type { Delivery, JobQueue } from '../domain/ports.ts';
import { tellOutages } from './outages.ts';

/** What of a record from SQS is read here. */
interface Received {
  readonly body: string;
  readonly receiptHandle: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

/** The longest visibility that SQS takes: 12 hours from the receipt. */
const MAX_VISIBILITY_SECONDS = 43_200;

/** The job queue in SQS, with the tenant as the message group, by which a standard queue is shared fairly. */
export class SqsJobQueue implements JobQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = tellOutages(client);
    this.#queueUrl = queueUrl;
  }

  async send(message: JobMessage, group: string): Promise<void> {
    const MessageBody = JSON.stringify(message);
    await this.#client.send(new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody, MessageGroupId: group }));
  }

  /**
   * A message as Lambda was given it.
   * @param id of the invocation that was given it
   */
  delivery(record: Received, id: string): Delivery {
    const returnAfter = async (seconds: number) => {
      const VisibilityTimeout = Math.min(Math.ceil(seconds), MAX_VISIBILITY_SECONDS);
      const { receiptHandle: ReceiptHandle } = record;
      const change = new ChangeMessageVisibilityCommand({ QueueUrl: this.#queueUrl, ReceiptHandle, VisibilityTimeout });
      await this.#client.send(change);
    };
    return { body: record.body, id, receives: Number(record.attributes.ApproximateReceiveCount), returnAfter };
  }
}
