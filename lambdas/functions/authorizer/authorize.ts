import type { Caller, Callers } from '../../domain/caller.ts';
import { tenantHash } from '../../domain/keys.ts';

/** The scopes that are asked for; empty: none. */
export interface Scopes {
  readonly readScope: string;
  readonly writeScope: string;
}

/** What a caller may do: a policy that API Gateway keeps for this very token and applies to all its calls. */
export interface Authorization {
  /** Stands in the access log, so it is a hash. */
  readonly principal: string;
  readonly tenant: string;
  readonly effect: 'Allow' | 'Deny';
  readonly resources: readonly string[];
}

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;
const READ = ['GET'];
const WRITE = ['POST', 'DELETE'];

/**
 * What the bearer of a token may call; `undefined` for nobody. The policy tells of whole methods and not of the one route
 * that was called: it is kept, and the next call with the token may be to another one.
 * @param header as it was sent: `Bearer …`
 * @param method the ARN of what was called: `arn:…:{api}/{stage}/{method}/{path}`
 * @throws Outage where nothing can be said
 */
export async function authorize(
  header: string,
  method: string,
  callers: Callers,
  scopes: Scopes,
): Promise<Authorization | undefined> {
  const token = BEARER.exec(header)?.[1];
  const caller = token === undefined ? undefined : await callers.identify(token);
  if (caller === undefined) return undefined;
  const stage = method.split('/').slice(0, 2).join('/');
  const allowed = methodsOf(caller, scopes).map((name) => `${stage}/${name}/*`);
  const who = { principal: tenantHash(caller.tenant), tenant: caller.tenant };
  if (allowed.length === 0) return { ...who, effect: 'Deny', resources: [`${stage}/*`] };
  return { ...who, effect: 'Allow', resources: allowed };
}

function methodsOf({ scopes }: Caller, { readScope, writeScope }: Scopes): string[] {
  const has = (scope: string) => scope === '' || scopes.has(scope);
  return [...(has(readScope) ? READ : []), ...(has(writeScope) ? WRITE : [])];
}
