import { dateTimeParser } from '../../renderers/values/dates.ts';
import type { LocaleConventions } from '../../renderers/values/locale.ts';

/** A date or a time of a text as ISO 8601, which the engines read; `undefined` for what is none. */
export type DateReader = (text: string) => string | undefined;

/** Two numbers and a year, or a year first: `26/11/2026`, `26. 11. 2026`, `2026/11/26`, then perhaps a time of day. */
const DAY = /^(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?(?:[\sT,]+(\S.*))?$/s;

/** `13:45`, `1:45 PM`, `13.45.30`, `13:45:30,25`, each perhaps with an offset: `Z`, `+02:00`. */
const TIME =
  /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*(?:([ap])\.?\s?m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?$/is;

/**
 * Reads ISO 8601, and the locale's order of day and month with a year of four digits: two digits of a year would leave
 * it open which century is meant. A year in front is read whatever the locale.
 * @param timeZone to which instants with an offset will be converted
 */
export function dateReader({ dateOrder }: LocaleConventions, timeZone: string): DateReader {
  const parse = dateTimeParser(timeZone);
  return (text) => {
    if (!Number.isNaN(parse(text))) return text;
    const trimmed = text.trim();
    if (!Number.isNaN(parse(trimmed))) return trimmed;
    const day = DAY.exec(trimmed);
    if (day === null) return undefined;
    const date = isoDate(day, dateOrder);
    const time = day[5] === undefined ? '' : isoTime(day[5]);
    if (date === undefined || time === undefined) return undefined;
    return Number.isNaN(parse(date + time)) ? undefined : date + time;
  };
}

function isoDate(match: RegExpExecArray, order: LocaleConventions['dateOrder']): string | undefined {
  const [, first = '', , second = '', third = ''] = match;
  if (first.length === 4) return third.length > 2 ? undefined : joined(first, second, third);
  if (third.length !== 4 || order === 'ymd' || first.length > 2) return undefined;
  return order === 'dmy' ? joined(third, second, first) : joined(third, first, second);
}

function joined(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function isoTime(text: string): string | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, hour = '', minute = '', second = '00', fraction = '0', half, offset = ''] = match;
  const hours = half === undefined ? Number(hour) : halfDay(Number(hour), half);
  if (hours === undefined) return undefined;
  return `T${String(hours).padStart(2, '0')}:${minute}:${second}.${fraction}${offset.toUpperCase()}`;
}

/** 12 AM is midnight, 12 PM noon. */
function halfDay(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
