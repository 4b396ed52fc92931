import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { S3DatasetStore } from '../../adapters/s3-dataset-store.ts';
import { S3RequestStore } from '../../adapters/s3-request-store.ts';
import { SqsJobQueue } from '../../adapters/sqs-job-queue.ts';
import { isGranted } from '../../domain/report-definition.ts';
import { viewOf } from '../../domain/view.ts';
import { REPORTS } from '../../reports/index.ts';
import { addressesFor } from '../../runtime/addresses.ts';
import { idempotencyKeyOf, jsonOf } from '../../runtime/body.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, callbackPolicyOf, environment, sourcesOf, whole } from '../../runtime/env.ts';
import { json, respond, retryAfter } from '../../runtime/http.ts';
import { log } from '../../runtime/observability.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { type AcceptPorts, accept } from './accept.ts';

const env = environment('enqueue');
const auth = authOf(env.AUTH);
const s3 = limited(new S3Client(QUICK));
const ports: AcceptPorts = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  queue: new SqsJobQueue(limited(new SQSClient(QUICK)), env.QUEUE_URL),
  requests: new S3RequestStore(s3, env.BUCKET),
  datasets: new S3DatasetStore(s3, env.BUCKET),
  definitions: REPORTS.filter((definition) => isGranted(definition, sourcesOf(env.REPORT_SOURCES))),
  clock: systemClock,
  log,
};
const settings = {
  callbackPolicy: callbackPolicyOf(env.CALLBACK_POLICY),
  jobRetention: whole(env.JOB_RETENTION_SECONDS),
  unsentGrace: whole(env.UNSENT_GRACE_SECONDS),
  queuedWait: whole(env.QUEUED_WAIT_SECONDS),
  datasetRetention: whole(env.DATASET_RETENTION_SECONDS),
  datasetMaxBytes: whole(env.DATASET_MAX_BYTES),
};

/** `POST /generate` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withinTime(context, () => respond(event, () => generate(event)));
}

async function generate(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const tenant = tenantOf(event, auth);
  const idempotencyKey = idempotencyKeyOf(event);
  const { requestId } = event.requestContext;
  const posted = { tenant, idempotencyKey, json: jsonOf(event), addressOf: addressesFor(event), requestId };
  const { job, replayed } = await accept(posted, ports, settings);
  const view = viewOf(job, addressesFor(event));
  const replay: Record<string, string> = replayed ? { 'Idempotent-Replayed': 'true' } : {};
  return json(202, view, { Location: view.links.self, ...retryAfter(view, systemClock.now()), ...replay });
}
