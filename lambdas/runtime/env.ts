import {
  AUTHS,
  type Auth,
  CALLBACK_POLICIES,
  type CallbackPolicy,
  COMMON_ENVIRONMENT,
  ENVIRONMENT,
  type Environment,
  type FunctionName,
  type JwtRules,
} from '../contract.ts';
import type { SourceAddresses } from '../domain/report-definition.ts';

/**
 * The environment of a function, as the contract lists it; the only place that reads `process.env`.
 * @throws Error that names every key that is missing.
 */
export function environment<F extends FunctionName>(name: F): Environment<F> {
  const keys: readonly string[] = ENVIRONMENT[name];
  const missing = [...keys, ...COMMON_ENVIRONMENT].filter((key) => !process.env[key]);
  if (missing.length > 0) throw new Error(`The environment of ${name} lacks ${missing.join(', ')}.`);
  return Object.fromEntries(keys.map((key) => [key, process.env[key]])) as Environment<F>;
}

/** Which service of the account this is; every function checks at its start that it was told. */
export function serviceName(): string {
  return process.env.SERVICE ?? '';
}

/** @throws Error when the text is not a whole number of seconds (or of whatever is counted). */
export function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`"${text}" is not a whole number.`);
  return number;
}

/** @throws Error where the sources of reports are not as the stack writes them. */
export function sourcesOf(json: string): SourceAddresses {
  const { tables, buckets, services }: Partial<SourceAddresses> = JSON.parse(json);
  if (tables && buckets && services) return { tables, buckets, services };
  throw new Error('The sources of reports lack tables, buckets or services.');
}

/** @throws Error for a policy that this version does not have. */
export function callbackPolicyOf(text: string): CallbackPolicy {
  const policy = CALLBACK_POLICIES.find((candidate) => candidate === text);
  if (policy === undefined) throw new Error(`"${text}" is not a callback policy.`);
  return policy;
}

/** @throws Error for what are no rules of tokens. */
export function jwtRulesOf(text: string): JwtRules {
  const rules: Partial<JwtRules> = JSON.parse(text);
  const { issuers, tenantClaim, readScope, writeScope } = rules;
  if (!issuers || issuers.length === 0 || !tenantClaim || readScope === undefined || writeScope === undefined) {
    throw new Error('The rules of tokens lack an issuer, a claim or a scope.');
  }
  return { issuers, tenantClaim, readScope, writeScope };
}

/** @throws Error for a mode that this version does not have: an unknown one must not become an open door. */
export function authOf(text: string): Auth {
  const auth = AUTHS.find((each) => each === text);
  if (auth === undefined) throw new Error(`"${text}" is not an authorization mode.`);
  return auth;
}
