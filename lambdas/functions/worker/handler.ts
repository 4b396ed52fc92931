import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { S3ReportStore } from '../../adapters/s3-report-store.ts';
import { S3RequestStore } from '../../adapters/s3-request-store.ts';
import { SqsJobQueue } from '../../adapters/sqs-job-queue.ts';
import { inlineRows } from '../../datasets/inline.ts';
import { rendererOf } from '../../renderers/index.ts';
import { BULK, QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { deadlineOf } from '../../runtime/deadline.ts';
import { environment, whole } from '../../runtime/env.ts';
import { PowertoolsOnce } from '../../runtime/idempotency.ts';
import { log } from '../../runtime/observability.ts';
import { work } from './work.ts';

const env = environment('worker');
const dynamo = new DynamoDBClient(QUICK);
const s3 = new S3Client(BULK);
const queue = new SqsJobQueue(new SQSClient(QUICK), env.QUEUE_URL);
const once = new PowertoolsOnce(dynamo, env.IDEMPOTENCY_TABLE, whole(env.IDEMPOTENCY_EXPIRY_SECONDS));
const ports = {
  jobs: new DynamoJobTable(dynamo, env.JOBS_TABLE),
  requests: new S3RequestStore(s3, env.BUCKET),
  reports: new S3ReportStore(s3, env.BUCKET),
  clock: systemClock,
  log,
  rendererOf,
  openRows: inlineRows,
  random: Math.random,
};
const settings = {
  maxAttempts: whole(env.MAX_ATTEMPTS),
  lease: whole(env.LEASE_SECONDS),
  backoffBase: whole(env.BACKOFF_BASE_SECONDS),
  backoffCap: whole(env.BACKOFF_CAP_SECONDS),
  sweepInterval: whole(env.SWEEP_INTERVAL_SECONDS),
  reportRetention: whole(env.REPORT_RETENTION_SECONDS),
};
const deadlineMargin = whole(env.DEADLINE_MARGIN_SECONDS);

/** The job queue's consumer: one message at a time, each answered for by itself. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  const deadline = deadlineOf(context, deadlineMargin);
  for (const record of event.Records) {
    const delivery = queue.delivery(record, deliveryId(record));
    const handled = await work(delivery, deadline.signal, { ...ports, once: once.during(context) }, settings);
    if (handled === 'return') batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  deadline.clear();
  return { batchItemFailures };
}

/** A receipt handle is new at every receipt, and far too long for the row. */
function deliveryId({ receiptHandle }: SQSRecord): string {
  return createHash('sha256').update(receiptHandle).digest('hex').slice(0, 32);
}
