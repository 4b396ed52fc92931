import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { EventBridgeBus } from '../../adapters/event-bridge-bus.ts';
import { jobOf } from '../../adapters/job-item.ts';
import { SqsCallbackQueue } from '../../adapters/sqs-callback-queue.ts';
import { isOpen } from '../../domain/job.ts';
import { logAbout } from '../../domain/measures.ts';
import { QUICK } from '../../runtime/clients.ts';
import { environment } from '../../runtime/env.ts';
import { log } from '../../runtime/observability.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { notify } from './notify.ts';

const env = environment('notify');
const ports = {
  callbacks: new SqsCallbackQueue(limited(new SQSClient(QUICK)), env.CALLBACK_QUEUE_URL),
  events: new EventBridgeBus(limited(new EventBridgeClient(QUICK))),
};

/** The stream of the jobs table. A record that fails is where Lambda starts again: what stood before it is done. */
export function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return withinTime(context, () => tellAll(event));
}

async function tellAll(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await tell(record);
    } catch (cause) {
      log.error('not told, to be tried again', { eventId: record.eventID }, cause);
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function tell({ dynamodb }: DynamoDBRecord): Promise<void> {
  // The types of the event and of the SDK name the same JSON.
  const image = dynamodb?.NewImage as Parameters<typeof unmarshall>[0] | undefined;
  if (image === undefined) return;
  const job = jobOf(unmarshall(image));
  if (isOpen(job)) return;
  await notify(job, ports);
  logAbout(log, job).info('told', { status: job.status });
}
