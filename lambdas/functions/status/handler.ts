import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { S3Links } from '../../adapters/s3-links.ts';
import { DOWNLOAD_ROUTE } from '../../contract.ts';
import { parseDownloadQuery } from '../../domain/download-query.ts';
import { viewOf } from '../../domain/view.ts';
import { addressesFor } from '../../runtime/addresses.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, environment, whole } from '../../runtime/env.ts';
import { json, redirect, respond, retryAfter } from '../../runtime/http.ts';
import { log } from '../../runtime/observability.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { queryOf } from '../../runtime/query.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { download } from './download.ts';
import { type LookUpPorts, lookUp } from './look-up.ts';

const env = environment('status');
const auth = authOf(env.AUTH);
const ports: LookUpPorts = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  links: new S3Links(limited(new S3Client(QUICK)), env.BUCKET, whole(env.LINK_SECONDS), systemClock),
  clock: systemClock,
  log,
};

/** `GET /status/{id}`, `GET /download/{id}` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withinTime(context, () =>
    respond(event, () => (event.resource === DOWNLOAD_ROUTE ? follow(event) : status(event))),
  );
}

async function status(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const tenant = tenantOf(event, auth);
  const { job, links } = await lookUp(event.pathParameters?.id ?? '', tenant, ports);
  const view = viewOf(job, addressesFor(event), links);
  return json(200, view, retryAfter(view, systemClock.now()));
}

async function follow(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { inline } = parseDownloadQuery(queryOf(event));
  const wanted = { id: event.pathParameters?.id ?? '', tenant: tenantOf(event, auth) };
  return redirect(await download({ ...wanted, disposition: inline ? 'inline' : 'attachment' }, ports));
}
