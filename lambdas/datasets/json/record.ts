import { overLimit } from '../limits.ts';
import type { JsonRecord } from './shape.ts';

/**
 * Whether a value may be a row.
 * @throws PermanentFailure where things lie deeper in each other than `maxDepth`
 */
export function isRecord(value: unknown, maxDepth: number, place: string): value is JsonRecord {
  if (typeof value !== 'object' || value === null) return false;
  for (const member of Object.values(value)) {
    if (typeof member !== 'object' || member === null) continue;
    if (isDeeperThan(member, maxDepth - 1)) throw overLimit(`${place} is nested deeper than ${maxDepth} levels.`);
  }
  return true;
}

/** Looks no deeper than `limit` objects and arrays in each other. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.filter((v): v is object => typeof v === 'object' && v !== null).flatMap((v) => Object.values(v));
    if (level.length === 0) return false;
  }
  return true;
}
