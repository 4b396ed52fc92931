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

/** What a format's digits count: numbers, ms since 1970, or seconds. */
export type FormatScale = 'number' | 'time' | 'duration';

/**
 * An Excel number format as a function, as far as a printed report needs it: digits and groups, percent, literal text,
 * currency brackets, dates, times and elapsed hours, and a second section for negative numbers. Colours and conditions
 * are passed over. `undefined` where the format says nothing that this column could be shown by.
 */
export function displayFormat(format: string, scale: FormatScale, locale: LocaleConventions): ValueDisplay | undefined {
  if (format === 'General' || format === '@') return undefined;
  const [positive = '', negative, zero] = sections(format).map((section) =>
    scale === 'number' ? numberSection(section, locale) : timeSection(section, scale, locale),
  );
  if (typeof positive === 'string') return undefined;
  return (value) => {
    if (value < 0 && negative !== undefined) return negative(-value);
    if (value === 0 && zero !== undefined) return zero(0);
    return positive(value);
  };
}

function sections(format: string): string[][] {
  const tokens = format.match(/"[^"]*"|\\.|[_*].|\[[^\]]*\]|AM\/PM|A\/P|[ymdhs]+|[0#?.,]+(?:E[+-]0+)?|[\s\S]/gi) ?? [];
  const out: string[][] = [[]];
  for (const token of tokens) {
    if (token === ';') out.push([]);
    else out.at(-1)?.push(token);
  }
  return out.slice(0, 3);
}

/** What a token shows by itself; `undefined` for a code. */
function literalOf(token: string): string | undefined {
  if (token.startsWith('"')) return token.slice(1, -1);
  if (token.startsWith('\\')) return token.slice(1);
  if (token.startsWith('_')) return '\u00a0';
  if (token.startsWith('*')) return '';
  if (token.startsWith('[$')) return token.slice(2, -1).split('-')[0];
  if (/^\[[hms]+\]$/i.test(token)) return undefined;
  if (token.startsWith('[')) return '';
  return /^[0#?.,ymdhs]/i.test(token) || token === 'AM/PM' || token === 'A/P' ? undefined : token;
}

function numberSection(tokens: readonly string[], locale: LocaleConventions): ValueDisplay {
  const digits = tokens.find((token) => /^[0#?.,]*[0#?]/.test(token));
  const percent = tokens.includes('%');
  if (digits === undefined) return () => tokens.map((token) => literalOf(token) ?? '').join('');
  const show = digitSection(digits, locale);
  const scale = percent ? 100 : 1;
  const before = tokens
    .slice(0, tokens.indexOf(digits))
    .map((token) => literalOf(token) ?? '')
    .join('');
  const after = tokens
    .slice(tokens.indexOf(digits) + 1)
    .map((token) => literalOf(token) ?? '')
    .join('');
  return (value) => {
    const sign = value < 0 ? locale.minus : '';
    return `${sign}${before}${show(Number((Math.abs(value) * scale).toPrecision(15)))}${after}`;
  };
}

function digitSection(digits: string, locale: LocaleConventions): ValueDisplay {
  const [whole = '', rest = ''] = digits.split('.');
  const fraction = rest.replace(/[^0#?]/g, '');
  const optional = fraction.length - fraction.replace(/[#?]+$/, '').length;
  const thousands = (/,+$/.exec(digits)?.[0].length ?? 0) * 3;
  const grouped = /[0#?],[0#?]/.test(whole);
  const show = decimal(grouped ? locale : { ...locale, group: '' }, Math.min(fraction.length, 15));
  const least = whole.replace(/[^0]/g, '').length;
  return (value) => {
    let text = show(value / 10 ** thousands);
    for (let i = 0; i < optional && text.endsWith(locale.digits[0] ?? '0'); i += 1) text = text.slice(0, -1);
    if (text.endsWith(locale.decimal)) text = text.slice(0, -locale.decimal.length);
    const missing = least - (text.split(locale.decimal)[0] as string).length;
    return missing > 0 ? (locale.digits[0] ?? '0').repeat(missing) + text : text;
  };
}

function timeSection(tokens: readonly string[], scale: FormatScale, locale: LocaleConventions): ValueDisplay {
  const local = localDigits(locale);
  const hour12 = tokens.some((token) => /^A(M\/PM|\/P)$/i.test(token));
  const periods = dayPeriods({ ...locale, hour12: true });
  const codes = tokens.map((token, i) => ({ code: minuteCode(tokens, i), literal: literalOf(token) }));
  return (value) => {
    const ms = scale === 'duration' ? Math.round(Math.abs(value)) * 1000 : value;
    const sign = scale === 'duration' && value < 0 ? locale.minus : '';
    const when = new Date(ms);
    return (
      sign + local(codes.map(({ code, literal }) => literal ?? field(code, when, ms, hour12, periods, locale)).join(''))
    );
  };
}

/** `m` next to hours or seconds means minutes: `M` for months, `n` for minutes from here on. */
function minuteCode(tokens: readonly string[], at: number): string {
  const token = (tokens[at] as string).toLowerCase();
  if (!/^m+$/.test(token) || token.length > 2) return token;
  const codes = tokens.map((other) => other.toLowerCase());
  const before = codes
    .slice(0, at)
    .reverse()
    .find((other) => /^\[?[ymdhs]+\]?$/.test(other));
  const after = codes.slice(at + 1).find((other) => /^\[?[ymdhs]+\]?$/.test(other));
  return before?.includes('h') || after?.startsWith('s') ? 'n'.repeat(token.length) : token;
}

function field(
  code: string,
  when: Date,
  ms: number,
  hour12: boolean,
  periods: readonly [string, string],
  { locale }: LocaleConventions,
): string {
  const padded = (value: number): string => (code.length > 1 ? two(value) : String(value));
  const hour = when.getUTCHours();
  switch (code[0]) {
    case 'y':
      return code.length > 2 ? String(when.getUTCFullYear()).padStart(4, '0') : two(when.getUTCFullYear() % 100);
    case 'm':
      return code.length > 2 ? named(locale, 'month', code.length, when) : padded(when.getUTCMonth() + 1);
    case 'd':
      return code.length > 2 ? named(locale, 'weekday', code.length, when) : padded(when.getUTCDate());
    case 'h':
      return padded(hour12 ? hour % 12 || 12 : hour);
    case 'n':
      return padded(when.getUTCMinutes());
    case 's':
      return padded(when.getUTCSeconds());
    case 'a':
      return hour < 12 ? periods[0] : periods[1];
    default:
      return elapsed(code, ms);
  }
}

function elapsed(code: string, ms: number): string {
  const unit = code.startsWith('[h') ? DAY / 24 : code.startsWith('[m') ? 60_000 : 1000;
  return String(Math.floor(ms / unit)).padStart(code.length - 2, '0');
}

const names = new Map<string, Intl.DateTimeFormat>();

function named(locale: string, part: 'month' | 'weekday', length: number, when: Date): string {
  const style = length === 3 ? 'short' : length === 5 ? 'narrow' : 'long';
  const key = `${locale} ${part} ${style}`;
  let format = names.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { [part]: style, timeZone: 'UTC', calendar: 'gregory' });
    names.set(key, format);
  }
  return format.format(when);
}
