import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';
import { isJobId } from './ids.ts';

/** A place in the list of a tenant's jobs. */
export interface Place {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** What a cursor belongs to. */
export interface Listed {
  readonly tenant: string;
  readonly filter: object;
}

const CREATED_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Where a list goes on, for its client to hand back. It is bound to whose list it is and to the filter; it protects
 * nothing, since every query names the tenant who asks.
 */
export function cursorOf(place: Place, listed: Listed): string {
  return Buffer.from(JSON.stringify([place.createdAt, place.id, sealOf(place, listed)])).toString('base64url');
}

/** The place, or `undefined` where the text is no cursor of this list. */
export function placeOf(cursor: string, listed: Listed): Place | undefined {
  const parts = parsed(cursor);
  if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return undefined;
  const [createdAt = '', id = '', seal] = parts;
  const place = { createdAt, id };
  return CREATED_AT.test(createdAt) && isJobId(id) && seal === sealOf(place, listed) ? place : undefined;
}

function sealOf({ createdAt, id }: Place, { tenant, filter }: Listed): string {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const text = canonicalJson([tenant, given, createdAt, id]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
