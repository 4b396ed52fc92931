import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import { viewOf } from '../../domain/view.ts';
import { addressesFor } from '../../runtime/addresses.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, environment } from '../../runtime/env.ts';
import { json, respond, retryAfter } from '../../runtime/http.ts';
import { log } from '../../runtime/observability.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { type CancelPorts, cancel } from './cancel.ts';

const env = environment('cancel');
const auth = authOf(env.AUTH);
const ports: CancelPorts = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  clock: systemClock,
  log,
};

/** `DELETE /status/{id}` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withinTime(context, () => respond(event, () => cancelJob(event)));
}

async function cancelJob(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const job = await cancel(event.pathParameters?.id ?? '', tenantOf(event, auth), ports);
  const view = viewOf(job, addressesFor(event));
  return json(job.status === 'cancelled' ? 200 : 202, view, retryAfter(view, systemClock.now()));
}
