import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DynamoJobList } from '../../adapters/dynamo-job-list.ts';
import type { JobListView } from '../../domain/answers.ts';
import { parseListQuery } from '../../domain/list-query.ts';
import { viewOf } from '../../domain/view.ts';
import { addressesFor } from '../../runtime/addresses.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, environment } from '../../runtime/env.ts';
import { json, respond } from '../../runtime/http.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { queryOf } from '../../runtime/query.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { type ListPorts, list } from './list.ts';

const env = environment('list');
const auth = authOf(env.AUTH);
const ports: ListPorts = {
  list: new DynamoJobList(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  clock: systemClock,
};

/** `GET /status` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withinTime(context, () => respond(event, () => listJobs(event)));
}

async function listJobs(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const tenant = tenantOf(event, auth);
  const parameters = queryOf(event);
  const { jobs, cursor } = await list(tenant, parseListQuery(parameters, tenant), ports);
  const addressOf = addressesFor(event);
  const next = cursor && addressOf(`status?${new URLSearchParams({ ...parameters, cursor })}`);
  const view: JobListView = {
    jobs: jobs.map((job) => viewOf(job, addressOf)),
    cursor: cursor ?? null,
    links: { next: next ?? null },
  };
  return json(200, view);
}
