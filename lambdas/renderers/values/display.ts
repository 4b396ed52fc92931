import type { Column } from '../../domain/request.ts';
import type { LocaleConventions, PatternPart } from './locale.ts';

/** A value that has been read (see `CellParser`) as a person reads it. */
export type ValueDisplay = (value: number) => string;

/** How {@link decimal} writes numbers, for those who do it without a string in between. */
export interface DecimalStyle extends LocaleConventions {
  /** Digits after the decimal sign. */
  readonly fraction: number;
}

const POWERS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];
/** Below this `value * power` is still exact enough to be rounded as an integer. */
const SCALED_LIMIT = 2 ** 49;

/** Writes a number with exactly `fraction` digits after the decimal sign, rounded half away from zero. */
export function decimal(locale: LocaleConventions, fraction: number): ValueDisplay {
  const power = POWERS[fraction] ?? 10 ** fraction;
  const local = localDigits(locale);
  const grouped = grouper(locale);
  return (value) => {
    const size = Math.abs(value);
    const scaled = Math.round(size * power + size * power * Number.EPSILON);
    if (!(scaled < SCALED_LIMIT)) return local(huge(value, fraction, locale, grouped));
    const whole = Math.floor(scaled / power);
    let text = whole < 1000 ? String(whole) : grouped(String(whole));
    if (fraction > 0) text += locale.decimal + String(scaled - whole * power + power).slice(1);
    return local(value < 0 && scaled !== 0 ? locale.minus + text : text);
  };
}

function huge(value: number, fraction: number, locale: LocaleConventions, grouped: (digits: string) => string): string {
  const size = Math.abs(value);
  const sign = value < 0 ? locale.minus : '';
  if (size >= 1e21) return sign + String(size).replace('.', locale.decimal);
  const [whole, rest] = size.toFixed(fraction).split('.') as [string, string?];
  return sign + grouped(whole) + (rest === undefined ? '' : locale.decimal + rest);
}

function grouper({ group, grouping, groupingFrom }: LocaleConventions): (digits: string) => string {
  const [first = 3, second = first] = grouping;
  return (digits) => {
    if (digits.length < groupingFrom) return digits;
    let at = digits.length - first;
    let out = digits.slice(at);
    while (at > 0) {
      out = digits.slice(Math.max(0, at - second), at) + group + out;
      at -= second;
    }
    return out;
  };
}

/** The locale's own digits, where they are not ASCII. */
export function localDigits({ digits }: LocaleConventions): (text: string) => string {
  if (digits[1] === '1') return (text) => text;
  return (text) => text.replace(/[0-9]/g, (digit) => digits[Number(digit)] ?? digit);
}

export function currency(column: Column, locale: LocaleConventions): ValueDisplay {
  if (column.currency === undefined) return decimal(locale, 2);
  const { symbol, digits, position, spacing } = locale.currency(column.currency);
  const amount = decimal(locale, digits);
  const gap = spacing === '' ? '' : '\u00a0';
  if (position === 'after') return (value) => `${amount(value)}${gap}${symbol}`;
  return (value) => {
    if (!(value < 0)) return `${symbol}${gap}${amount(value)}`;
    const positive = amount(-value);
    return `${locale.minus}${symbol}${gap}${positive}`;
  };
}

export function percent(locale: LocaleConventions): ValueDisplay {
  const amount = decimal(locale, 1);
  const { sign, position, spacing } = locale.percent;
  const gap = spacing === '' ? '' : '\u00a0';
  // Shifting by 100 in binary leaves dust behind; fifteen digits sweep it away.
  const hundredfold = (value: number): number => Number((value * 100).toPrecision(15));
  return position === 'before'
    ? (value) => `${sign}${gap}${amount(hundredfold(value))}`
    : (value) => `${amount(hundredfold(value))}${gap}${sign}`;
}

const DAY = 86_400_000;

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

export function dateTime(locale: LocaleConventions): ValueDisplay {
  const day = date(locale.date, locale);
  const local = localDigits(locale);
  const time = Array.from({ length: 1440 }, () => undefined as string | undefined);
  const [am, pm] = dayPeriods(locale);
  return (value) => {
    const minute = Math.floor((value - Math.floor(value / DAY) * DAY) / 60_000);
    time[minute] ??= local(timePattern(locale, Math.floor(minute / 60), minute % 60, am, pm));
    return `${day(value)} ${time[minute]}`;
  };
}

function timePattern(
  { time, hour12 }: LocaleConventions,
  hour: number,
  minute: number,
  am: string,
  pm: string,
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

export function dayPeriods({ locale, hour12 }: LocaleConventions): [string, string] {
  if (!hour12) return ['AM', 'PM'];
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', hour12: true, timeZone: 'UTC' });
  const period = (hour: number): string =>
    format.formatToParts(hour * 3_600_000).find(({ type }) => type === 'dayPeriod')?.value ?? (hour < 12 ? 'AM' : 'PM');
  return [period(1), period(13)];
}

export function duration(locale: LocaleConventions): ValueDisplay {
  const local = localDigits(locale);
  return (value) => {
    const seconds = Math.round(Math.abs(value));
    if (seconds >= 1e15) return local(String(value));
    const hours = Math.floor(seconds / 3600);
    const text = `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    return local(value < 0 && seconds > 0 ? locale.minus + text : text);
  };
}

export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
