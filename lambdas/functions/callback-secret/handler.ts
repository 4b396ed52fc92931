import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { SecretsManagerCallbackSecrets } from '../../adapters/secrets-manager-callback-secrets.ts';
import { QUICK } from '../../runtime/clients.ts';
import { systemClock } from '../../runtime/clock.ts';
import { authOf, environment } from '../../runtime/env.ts';
import { json, respond } from '../../runtime/http.ts';
import { tenantOf } from '../../runtime/principal.ts';
import { limited, withinTime } from '../../runtime/time-limit.ts';
import { show } from './show.ts';

const env = environment('callbackSecret');
const auth = authOf(env.AUTH);
const secrets = new SecretsManagerCallbackSecrets(
  limited(new SecretsManagerClient(QUICK)),
  env.CALLBACK_SECRET,
  systemClock,
);

/** `GET /callbacks/secret` */
export function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  const keys = async () => json(200, await show(tenantOf(event, auth), secrets));
  return withinTime(context, () => respond(event, keys));
}
