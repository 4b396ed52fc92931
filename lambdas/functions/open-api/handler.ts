import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import document from '../../../docs/openapi.json' with { type: 'json' };
import { addressesFor } from '../../runtime/addresses.ts';
import { authOf, environment } from '../../runtime/env.ts';
import { json, respond } from '../../runtime/http.ts';
import { withinTime } from '../../runtime/time-limit.ts';
import { describe } from './describe.ts';

const env = environment('openApi');
const scheme = ({ iam: 'sigv4', jwt: 'bearer', none: undefined } as const)[authOf(env.AUTH)];

/** `GET /openapi.json` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  const described = async () => json(200, describe(document, { address: addressesFor(event)(''), scheme }));
  return withinTime(context, () => respond(event, described));
}
