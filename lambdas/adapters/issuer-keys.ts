import { FetchError } from 'aws-jwt-verify/error';

const TIMEOUT_MILLISECONDS = 3_000;
const MAX_BYTES = 512 * 1024;

/** The address of an issuer's own description (OpenID Connect Discovery 1.0, 4). */
export function keysAddress(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/**
 * The keys of an issuer, found through its description, which must be its own.
 * @param address as `keysAddress` makes it
 * @throws FetchError where they cannot be had
 */
export async function fetchKeys(address: string): Promise<ArrayBuffer> {
  try {
    const description: unknown = JSON.parse(new TextDecoder().decode(await get(address)));
    return await get(keysOf(description, address));
  } catch (cause) {
    throw new FetchError(address, cause instanceof Error ? cause.name : 'unknown');
  }
}

function keysOf(description: unknown, address: string): string {
  if (typeof description !== 'object' || description === null) throw new TypeError('no description');
  const { issuer, jwks_uri: keys } = description as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (typeof issuer !== 'string' || keysAddress(issuer) !== address) throw new TypeError('of another issuer');
  // Never over a weaker way than the description itself came.
  if (typeof keys !== 'string' || new URL(keys).protocol !== new URL(address).protocol) throw new TypeError('no keys');
  return keys;
}

async function get(address: string): Promise<ArrayBuffer> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  const response = await fetch(address, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (!response.ok) throw new TypeError(`status ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > MAX_BYTES) throw new TypeError('too long');
  return bytes;
}
