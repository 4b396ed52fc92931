import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { AwsReportSources } from '../../adapters/aws-report-sources.ts';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { PowertoolsOnce } from '../../adapters/powertools-once.ts';
import { S3DatasetStore } from '../../adapters/s3-dataset-store.ts';
import { S3ReportStore } from '../../adapters/s3-report-store.ts';
import { S3RequestStore } from '../../adapters/s3-request-store.ts';
import { SqsJobQueue } from '../../adapters/sqs-job-queue.ts';
import { decompressed } from '../../datasets/decompress.ts';
import { rowOpener } from '../../datasets/open-rows.ts';
import { LIMITS } from '../../domain/limits.ts';
import { rendererOf } from '../../renderers/index.ts';
import { REPORTS } from '../../reports/index.ts';
import { BULK, QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { deadlineOf } from '../../runtime/deadline.ts';
import { environment, sourcesOf, whole } from '../../runtime/env.ts';
import { knownOfInvocation, log } from '../../runtime/observability.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { work } from './work.ts';

const env = environment('worker');
const dynamo = limited(new DynamoDBClient(QUICK));
const s3 = limited(new S3Client(BULK));
const queue = new SqsJobQueue(limited(new SQSClient(QUICK)), env.QUEUE_URL);
const once = new PowertoolsOnce(dynamo, env.IDEMPOTENCY_TABLE, whole(env.IDEMPOTENCY_EXPIRY_SECONDS));
const limits = {
  bytes: whole(env.DATASET_MAX_UNPACKED_BYTES),
  ratio: whole(env.DATASET_MAX_RATIO),
  rows: whole(env.DATASET_MAX_ROWS),
  columns: LIMITS.columns,
  recordLength: whole(env.DATASET_MAX_RECORD_LENGTH),
  jsonDepth: whole(env.DATASET_MAX_DEPTH),
  rowGroupBytes: whole(env.DATASET_MAX_ROW_GROUP_BYTES),
};
const sources = new AwsReportSources(
  { dynamo: limited(new DynamoDBClient(BULK)), s3, fetch },
  sourcesOf(env.REPORT_SOURCES),
);
const ports = {
  jobs: new DynamoJobTable(dynamo, env.JOBS_TABLE),
  requests: new S3RequestStore(s3, env.BUCKET),
  reports: new S3ReportStore(s3, env.BUCKET),
  clock: systemClock,
  log,
  rendererOf,
  openRows: rowOpener({
    datasets: new S3DatasetStore(s3, env.BUCKET),
    limits,
    unpack: decompressed,
    reports: { definitions: REPORTS, sources },
  }),
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
  const deadline = deadlineOf(context, deadlineMargin);
  const during = { ...ports, once: once.during(context) };
  const isReturned = async (record: SQSRecord) => {
    // Lambda may bring one receipt twice, so it is the invocation that holds a claim.
    const delivery = queue.delivery(record, randomUUID());
    return (await work(delivery, deadline.signal, during, settings)) === 'return';
  };
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  await withinTime(context, async () => {
    for (const record of event.Records) {
      knownOfInvocation({ messageId: record.messageId });
      if (await isReturned(record)) batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  });
  deadline.clear();
  return { batchItemFailures };
}
