import { CliError } from './exit.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * The instant that is so long ago (`30m`, `12h`, `7d`), or the one that is written as such (RFC 3339).
 * @param flag whose value it is
 * @returns RFC 3339, in UTC
 * @throws CliError
 */
export function ageOf(text: string, flag: string, now = Date.now()): string {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    return new Date(now - Number(count) * (SECONDS[unit] ?? 0) * 1000).toISOString();
  }
  const isInstant = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isInstant) return new Date(text).toISOString();
  throw new CliError(
    'usage',
    `${flag} takes an age such as 30m, 12h or 7d, or an instant such as 2026-11-27, not "${text}".`,
  );
}
