import { localDigits, type ValueDisplay } from './decimal-display.ts';
import type { LocaleConventions, PatternPart } from './locale.ts';

const DAY = 86_400_000;

/** How many days are kept as text: those of twenty-two years in a row have a place each. */
const KEPT_DAYS = 2 ** 13;
/** No day: years end with 9999. */
const NO_DAY = 2 ** 31 - 1;

interface KeptDays {
  readonly days: Int32Array;
  readonly texts: string[];
}

/** By pattern, which all date columns of a report share. */
const kept = new WeakMap<readonly PatternPart[], KeptDays>();

function keptDays(pattern: readonly PatternPart[]): KeptDays {
  let found = kept.get(pattern);
  if (found === undefined) {
    found = { days: new Int32Array(KEPT_DAYS).fill(NO_DAY), texts: new Array<string>(KEPT_DAYS).fill('') };
    kept.set(pattern, found);
  }
  return found;
}

/** Shows days. Few days are many cells, so that a text is kept until another day takes its place. */
export function date(pattern: readonly PatternPart[], locale: LocaleConventions): ValueDisplay {
  const local = localDigits(locale);
  const { days, texts } = keptDays(pattern);
  return (value) => {
    const day = Math.floor(value / DAY) | 0;
    const at = day & (KEPT_DAYS - 1);
    if (days[at] !== day) {
      days[at] = day;
      texts[at] = local(datePattern(pattern, new Date(day * DAY)));
    }
    return texts[at] as string;
  };
}

function datePattern(pattern: readonly PatternPart[], when: Date): string {
  return pattern
    .map((part) => {
      if (part.type === 'day') return two(when.getUTCDate());
      if (part.type === 'month') return two(when.getUTCMonth() + 1);
      if (part.type === 'year') return String(when.getUTCFullYear()).padStart(4, '0');
      return part.text;
    })
    .join('');
}

/** Shows wall clocks to the minute, each minute of a day of which is written once. */
export function dateTime(locale: LocaleConventions): ValueDisplay {
  const day = date(locale.date, locale);
  const local = localDigits(locale);
  const time = Array.from({ length: 1440 }, () => undefined as string | undefined);
  const periods = dayPeriods(locale.locale);
  return (value) => {
    const minute = Math.floor((value - Math.floor(value / DAY) * DAY) / 60_000);
    time[minute] ??= local(timePattern(locale, Math.floor(minute / 60), minute % 60, periods));
    return `${day(value)} ${time[minute]}`;
  };
}

function timePattern(
  { time, hour12 }: LocaleConventions,
  hour: number,
  minute: number,
  [am, pm]: readonly [string, string],
): string {
  return time
    .map((part) => {
      if (part.type === 'hour') return two(hour12 ? hour % 12 || 12 : hour);
      if (part.type === 'minute') return two(minute);
      if (part.type === 'dayPeriod') return hour < 12 ? am : pm;
      return part.text;
    })
    .join('');
}

/** What a language calls the halves of a day. @param tag BCP 47 */
export function dayPeriods(tag: string): [am: string, pm: string] {
  const format = new Intl.DateTimeFormat(tag, { hour: 'numeric', hour12: true, timeZone: 'UTC' });
  const period = (hour: number): string =>
    format.formatToParts(hour * 3_600_000).find(({ type }) => type === 'dayPeriod')?.value ?? (hour < 12 ? 'AM' : 'PM');
  return [period(1), period(13)];
}

export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
