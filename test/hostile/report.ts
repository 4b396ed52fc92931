import { LIMITS } from '../../lambdas/domain/limits.ts';
import { COLUMN_TYPES } from '../../lambdas/domain/request.ts';
import type { Dice } from './dice.ts';

export type Json = Record<string, unknown>;
export type Kind = (dice: Dice) => Json | string;

/** What stands around the rows. */
export const FRAME_BYTES = 2000;
export const TOTALS = ['sum', 'average', 'count', 'min', 'max'] as const;
export const FORMATS = ['xlsx', 'pdf'] as const;
const LOCALES = ['en-US', 'de-DE', 'ar-EG', 'fa-IR', 'he', 'ja-JP', 'th-TH', 'hi-IN', 'my', 'zh-Hant-TW'] as const;

/** As many rows as go into a body of this size, and at least one. */
export function filling(make: (i: number) => unknown, bytes: number = LIMITS.bodyBytes): unknown[] {
  const rows: unknown[] = [];
  let left = bytes - FRAME_BYTES;
  for (let i = 0; ; i += 1) {
    const row = make(i);
    left -= Buffer.byteLength(JSON.stringify(row)) + 1;
    if (left < 0 && rows.length > 0) return rows;
    rows.push(row);
  }
}

export function report(dice: Dice, rest: Json): Json {
  return { format: dice.pick(FORMATS), title: 'T', locale: dice.pick(LOCALES), ...rest };
}

export function columns(count: number, make: (i: number) => Json): Json[] {
  return Array.from({ length: count }, (_, i) => ({ key: `c${i}`, ...make(i) }));
}

export const anyColumn = (dice: Dice): Json => ({
  type: dice.pick(COLUMN_TYPES),
  currency: dice.pick(['EUR', 'JPY', 'KWD', 'XXX']),
  ...(dice.chance(0.4) && { total: dice.pick(TOTALS) }),
  ...(dice.chance(0.3) && { wrap: dice.chance(0.5) }),
  ...(dice.chance(0.2) && { width: dice.whole(1, 255) }),
});
