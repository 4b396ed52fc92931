import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { S3ReportStore } from '../../adapters/s3-report-store.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { environment } from '../../runtime/env.ts';
import { log } from '../../runtime/observability.ts';
import { rescueSettings } from '../../runtime/rescue-settings.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { closeDeadLetter } from './close-dead-letter.ts';

const env = environment('deadLetter');
const ports = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  reports: new S3ReportStore(limited(new S3Client(QUICK)), env.BUCKET),
  clock: systemClock,
  log,
};
const settings = rescueSettings(env);

/** The dead-letter queue's consumer. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const returned = await withinTime(context, () => Promise.all(event.Records.map(isReturned)));
  const failures = event.Records.filter((_, i) => returned[i]);
  return { batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function isReturned({ body, messageId }: SQSRecord): Promise<boolean> {
  try {
    return (await closeDeadLetter(body, ports, settings)) === 'return';
  } catch (cause) {
    log.error('left in the dead-letter queue', { messageId }, cause);
    return true;
  }
}
