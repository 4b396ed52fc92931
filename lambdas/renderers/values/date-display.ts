import { localDigits, type ValueDisplay } from './decimal-display.ts';
import type { LocaleConventions, PatternPart } from './locale.ts';

const DAY = 86_400_000;

/** Shows days, each of which is written once. */
export function date(pattern: readonly PatternPart[], locale: LocaleConventions): ValueDisplay {
  const local = localDigits(locale);
  const cache = new Map<number, string>();
  return (value) => {
    const day = Math.floor(value / DAY);
    let text = cache.get(day);
    if (text === undefined) {
      if (cache.size > 5000) cache.clear();
      text = local(datePattern(pattern, new Date(day * DAY)));
      cache.set(day, text);
    }
    return text;
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
