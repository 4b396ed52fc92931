import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { S3ReportStore } from '../../adapters/s3-report-store.ts';
import { SqsCallbackQueue } from '../../adapters/sqs-callback-queue.ts';
import { SqsJobQueue } from '../../adapters/sqs-job-queue.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { environment } from '../../runtime/env.ts';
import { log } from '../../runtime/observability.ts';
import { rescueSettings } from '../../runtime/rescue-settings.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { type SweepSummary, sweep } from './sweep.ts';

const env = environment('sweeper');
const sqs = limited(new SQSClient(QUICK));
const ports = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  queue: new SqsJobQueue(sqs, env.QUEUE_URL),
  callbacks: new SqsCallbackQueue(sqs, env.CALLBACK_QUEUE_URL),
  reports: new S3ReportStore(limited(new S3Client(QUICK)), env.BUCKET),
  clock: systemClock,
  log,
};
const settings = rescueSettings(env);

/** What the last batch may need to end. */
const MARGIN_MILLISECONDS = 10_000;

/** Runs every minute. Its answer, the count of each outcome, is for those who invoke it by hand. */
export function handler(_event: unknown, context: Context): Promise<SweepSummary> {
  const timeIsUp = () => context.getRemainingTimeInMillis() < MARGIN_MILLISECONDS;
  return withinTime(context, () => sweep(ports, settings, timeIsUp));
}
