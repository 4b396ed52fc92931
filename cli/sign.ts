import { AwsClient } from 'aws4fetch';
import type { Sign } from '../client/index.ts';
import { CliError } from './exit.ts';
import type { Settings } from './settings.ts';

/** How calls are signed: SigV4 by the usual chain of credentials, a bearer token, or not at all. */
export async function signerOf({ auth, token, region }: Settings): Promise<Sign | undefined> {
  if (auth === 'none') return undefined;
  if (auth === 'token') return bearer(token);
  if (region === undefined) throw new CliError('usage', 'Which region? Say --region, or set AWS_REGION.');
  // Loaded only here: most of what it loads is for ways to log in that the call at hand does not take.
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  const provide = defaultProvider();
  return async (request) => {
    const credentials = await provide().catch((cause: unknown) => {
      throw new CliError('usage', `No AWS credentials: ${(cause as Error).message}`, { cause });
    });
    return new AwsClient({ ...credentials, region, service: 'execute-api' }).sign(request);
  };
}

function bearer(token: string | undefined): Sign {
  if (token === undefined) throw new CliError('usage', 'Which token? Say --token, or set QUIRE_TOKEN.');
  return (request) => {
    request.headers.set('authorization', `Bearer ${token}`);
    return request;
  };
}
