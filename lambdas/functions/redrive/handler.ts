import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { S3DatasetStore } from '../../adapters/s3-dataset-store.ts';
import { S3RequestStore } from '../../adapters/s3-request-store.ts';
import { SqsJobQueue } from '../../adapters/sqs-job-queue.ts';
import { parseRedrive } from '../../domain/redrive-request.ts';
import { viewOf } from '../../domain/view.ts';
import { type RedrivePorts, redrive } from '../../rescue/redrive.ts';
import { addressesFor } from '../../runtime/addresses.ts';
import { optionalJsonOf } from '../../runtime/body.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, environment, whole } from '../../runtime/env.ts';
import { json, respond, retryAfter } from '../../runtime/http.ts';
import { log } from '../../runtime/observability.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';

const env = environment('redrive');
const auth = authOf(env.AUTH);
const s3 = limited(new S3Client(QUICK));
const ports: RedrivePorts = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  queue: new SqsJobQueue(limited(new SQSClient(QUICK)), env.QUEUE_URL),
  requests: new S3RequestStore(s3, env.BUCKET),
  datasets: new S3DatasetStore(s3, env.BUCKET),
  clock: systemClock,
  log,
};
const settings = {
  jobRetention: whole(env.JOB_RETENTION_SECONDS),
  unsentGrace: whole(env.UNSENT_GRACE_SECONDS),
  queuedWait: whole(env.QUEUED_WAIT_SECONDS),
};

/** `POST /status/{id}/redrive` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withinTime(context, () => respond(event, () => redriveJob(event)));
}

async function redriveJob(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const which = { id: event.pathParameters?.id ?? '', tenant: tenantOf(event, auth) };
  const job = await redrive({ ...which, ...parseRedrive(optionalJsonOf(event)) }, ports, settings);
  const view = viewOf(job, addressesFor(event));
  return json(202, view, { Location: view.links.self, ...retryAfter(view, systemClock.now()) });
}
