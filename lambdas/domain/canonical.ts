import { createHash } from 'node:crypto';

/**
 * SHA-256 of a JSON value with its object keys sorted: two requests that differ only in the order of keys or in white
 * space are the same request. Recursive: hash only what was validated, so that its depth is known.
 */
export function requestHash(json: unknown): string {
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
