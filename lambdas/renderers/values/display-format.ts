import type { ColumnType } from '../../domain/request.ts';
import { dayPeriods, decimal, localDigits, two, type ValueDisplay } from './display.ts';
import type { LocaleConventions } from './locale.ts';

const DAY = 86_400_000;

/**
 * An Excel number format as a function, as far as a printed report needs it: digits and groups, percent, literal text,
 * currency brackets, dates, times and elapsed hours, and a second section for negative numbers. Colours and conditions
 * are passed over. `undefined` where the format says nothing that this column could be shown by.
 */
export function displayFormat(format: string, type: ColumnType, locale: LocaleConventions): ValueDisplay | undefined {
  if (format === 'General' || format === '@') return undefined;
  const isTime = type === 'date' || type === 'datetime';
  const [positive = '', negative, zero] = sections(format).map((section) =>
    isTime || type === 'duration' ? timeSection(section, type, locale) : numberSection(section, locale),
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

function timeSection(tokens: readonly string[], type: ColumnType, locale: LocaleConventions): ValueDisplay {
  const local = localDigits(locale);
  const hour12 = tokens.some((token) => /^A(M\/PM|\/P)$/i.test(token));
  const periods = dayPeriods({ ...locale, hour12: true });
  const codes = tokens.map((token, i) => ({ code: minuteCode(tokens, i), literal: literalOf(token) }));
  return (value) => {
    const ms = type === 'duration' ? Math.round(Math.abs(value)) * 1000 : value;
    const sign = type === 'duration' && value < 0 ? locale.minus : '';
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
