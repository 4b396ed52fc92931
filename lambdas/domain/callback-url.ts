import type { CallbackPolicy } from '../contract.ts';

export type { CallbackPolicy };

/** Longer addresses are refused by many servers and no webhook needs one. */
const MAX_LENGTH = 2048;
/** Ports on which receivers of webhooks listen. Any other could be a service that was never meant to be reached. */
const PORTS = new Set(['', '443', '8443']);

/**
 * What is wrong with a callback address as it is written, or `undefined`. Where its name leads is checked at each
 * delivery, because that can change.
 */
export function callbackUrlFault(text: string, policy: CallbackPolicy): string | undefined {
  if (text.length > MAX_LENGTH) return `has ${text.length} characters; at most ${MAX_LENGTH} are accepted`;
  const url = parsed(text);
  if (url === undefined) return 'is not an absolute URL';
  if (url.username !== '' || url.password !== '') return 'must not contain credentials';
  if (policy === 'anywhere') return url.protocol === 'https:' || url.protocol === 'http:' ? undefined : NOT_HTTPS;
  if (url.protocol !== 'https:') return NOT_HTTPS;
  if (!PORTS.has(url.port)) return 'must use port 443 or 8443';
  return undefined;
}

const NOT_HTTPS = 'must be an https address';

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
