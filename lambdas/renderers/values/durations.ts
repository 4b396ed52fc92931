import type { Cell } from '../../domain/cells.ts';
import { parseNumber } from './numbers.ts';

/** ISO 8601 without years and months, whose length nobody knows: `P2W`, `P1DT2H`, `PT1H30M15.5S`, `-PT5M`. */
const ISO =
  /^([+-])?P(?=[\dT])(?:(\d+)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i;

/** `26:03`, `26:03:04`, `26:03:04.5`: hours first. */
const CLOCK = /^([+-])?(\d+):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$/;

/** Beyond this many seconds a double holds no half second: such a reading would not come back as it was written. */
const MOST_SECONDS = 2 ** 52;

/** A duration in seconds, from a number of seconds, an ISO 8601 duration or a clock reading; `NaN` for all else. */
export function parseDuration(cell: Exclude<Cell, null>): number {
  if (typeof cell !== 'string') return parseNumber(cell);
  const text = cell.trim();
  const iso = ISO.exec(text);
  if (iso !== null) return sign(iso[1]) * held(isoSeconds(iso));
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    return sign(clock[1]) * held(Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4] ?? 0));
  }
  return parseNumber(text);
}

function held(seconds: number): number {
  return seconds < MOST_SECONDS ? seconds : Number.NaN;
}

function isoSeconds(match: RegExpExecArray): number {
  const [weeks, days, hours, minutes, seconds] = [2, 3, 4, 5, 6].map((i) =>
    Number((match[i] ?? '0').replace(',', '.')),
  );
  return weeks! * 604_800 + days! * 86_400 + hours! * 3600 + minutes! * 60 + seconds!;
}

function sign(text: string | undefined): number {
  return text === '-' ? -1 : 1;
}
