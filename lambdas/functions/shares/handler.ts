import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { DynamoJobTable } from '../../adapters/dynamo-job-table.ts';
import type { ShareLinkView, ShareListView, ShareView } from '../../domain/answers.ts';
import type { CountedShare } from '../../domain/share.ts';
import { parseShare } from '../../domain/share-request.ts';
import type { Address } from '../../domain/view.ts';
import { addressesFor } from '../../runtime/addresses.ts';
import { jsonOf } from '../../runtime/body.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, environment } from '../../runtime/env.ts';
import { json, nothing, respond } from '../../runtime/http.ts';
import { log } from '../../runtime/observability.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { listShares, type Owned, revoke, type SharePorts, share } from './shares.ts';

const env = environment('shares');
const auth = authOf(env.AUTH);
const ports: SharePorts = {
  jobs: new DynamoJobTable(limited(new DynamoDBClient(QUICK)), env.JOBS_TABLE),
  clock: systemClock,
  log,
};

/** `POST /status/{id}/shares`, `GET /status/{id}/shares`, `DELETE /status/{id}/shares/{shareId}` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withinTime(context, () => respond(event, () => answer(event)));
}

async function answer(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const of = { id: event.pathParameters?.id ?? '', tenant: tenantOf(event, auth) };
  switch (event.httpMethod) {
    case 'POST':
      return shareFile(event, of);
    case 'DELETE':
      await revoke(of, event.pathParameters?.shareId ?? '', ports);
      return nothing();
    default:
      return show(event, of);
  }
}

async function shareFile(event: APIGatewayProxyEvent, of: Owned): Promise<APIGatewayProxyResult> {
  const { token, ...made } = await share(of, parseShare(jsonOf(event)), ports);
  const addressOf = addressesFor(event);
  const view: ShareLinkView = { ...viewOf(made, of, addressOf), url: addressOf(`files/${token}`) };
  return json(201, view, { Location: view.links.self });
}

async function show(event: APIGatewayProxyEvent, of: Owned): Promise<APIGatewayProxyResult> {
  const addressOf = addressesFor(event);
  const view: ShareListView = { shares: (await listShares(of, ports)).map((each) => viewOf(each, of, addressOf)) };
  return json(200, view);
}

function viewOf({ id, createdAt, expiresAt, limit, used }: CountedShare, of: Owned, addressOf: Address): ShareView {
  const links = { self: addressOf(`status/${of.id}/shares/${id}`) };
  return { id, createdAt, expiresAt, downloads: { limit, used }, links };
}
