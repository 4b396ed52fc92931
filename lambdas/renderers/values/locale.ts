import { affixTexts, type NumberStyle, readNumberStyle } from './number-style.ts';

/** A piece of a locale's way to write a date or a time; `text` is set for literals only. */
export interface PatternPart {
  readonly type: 'day' | 'month' | 'year' | 'hour' | 'minute' | 'dayPeriod' | 'literal';
  /** With the marks of direction that `Intl` sets. */
  readonly text: string;
}

/** How an amount of one currency is written: its separators may be other than those of plain numbers. */
export interface CurrencyStyle extends NumberStyle {
  /** `R$`, `€`, `US$`. */
  readonly symbol: string;
  /** Digits after the decimal sign: 2 for EUR, 0 for JPY, 3 for KWD. */
  readonly fraction: number;
}

/**
 * The conventions of a locale, read once per report; nothing here is called per cell. Its own fields are those of plain
 * numbers. Calendar: always Gregorian.
 */
export interface LocaleConventions extends NumberStyle {
  readonly locale: string;
  readonly rightToLeft: boolean;
  /** Before a negative number, with marks that keep it there where a language runs from right to left. */
  readonly minus: string;
  readonly percent: NumberStyle;
  readonly percentSign: string;
  /** Day and month of two digits, year of four, in the locale's order. */
  readonly date: readonly PatternPart[];
  /** Hour and minute, with a `dayPeriod` where the locale counts twelve hours. */
  readonly time: readonly PatternPart[];
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd';
  readonly hour12: boolean;
  /** @param code ISO 4217; an unknown one is its own symbol */
  currency(code: string): CurrencyStyle;
}

/** What `Intl` said of a locale lives on in the process: asking takes longer than fifty rows do. */
const known = new Map<string, LocaleConventions>();
const MOST_KNOWN = 16;

/** @throws `RangeError` for a tag that is not BCP 47; the request schema refuses those before */
export function conventionsOf(locale: string): LocaleConventions {
  let found = known.get(locale);
  if (found === undefined) {
    found = readConventions(locale);
    if (known.size === MOST_KNOWN) known.clear();
    known.set(locale, found);
  }
  return found;
}

function readConventions(locale: string): LocaleConventions {
  const number = readNumberStyle(new Intl.NumberFormat(locale));
  const percent = readNumberStyle(new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1 }));
  const date = datePattern(locale, { day: '2-digit', month: '2-digit', year: 'numeric' });
  const time = datePattern(locale, { hour: '2-digit', minute: '2-digit' });
  const signs = [...percent.positive.before, ...percent.positive.after];
  return {
    ...number,
    locale,
    rightToLeft: isRightToLeft(locale),
    minus: affixTexts(number.negative)[0],
    percent,
    percentSign: withoutMarks(signs.find(({ kind }) => kind === 'percent')?.text ?? '%'),
    date,
    time,
    dateOrder: orderOf(date),
    hour12: time.some((part) => part.type === 'dayPeriod'),
    currency: remembered((code) => currencyStyle(locale, code)),
  };
}

/** `Intl` puts invisible marks of direction into Arabic and Hebrew patterns, for which a spreadsheet has no use. */
export function withoutMarks(text: string): string {
  return text.replace(/[\u061c\u200e\u200f]/g, '');
}

/** Each answer is worked out once: `Intl` takes a while, and a table may have thousands of columns. */
function remembered<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = find(key);
      known.set(key, found);
    }
    return found;
  };
}

function currencyStyle(locale: string, code: string): CurrencyStyle {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: code });
  const fraction = format.resolvedOptions().maximumFractionDigits ?? 2;
  // The sign between amount and decimals is asked for even where the currency has none.
  const style = readNumberStyle(
    new Intl.NumberFormat(locale, { style: 'currency', currency: code, minimumFractionDigits: Math.max(fraction, 1) }),
  );
  const signs = [...style.positive.before, ...style.positive.after];
  return { ...style, fraction, symbol: withoutMarks(signs.find(({ kind }) => kind === 'currency')?.text ?? code) };
}

const PATTERN_TYPES: Readonly<Record<string, PatternPart['type']>> = {
  day: 'day',
  month: 'month',
  year: 'year',
  hour: 'hour',
  minute: 'minute',
  dayPeriod: 'dayPeriod',
};

function datePattern(locale: string, fields: Intl.DateTimeFormatOptions): PatternPart[] {
  const options = { ...fields, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(locale, options).formatToParts(0).map(({ type, value }): PatternPart => {
    const known = PATTERN_TYPES[type];
    if (known !== undefined) return { type: known, text: '' };
    // An era or a relative year cannot appear: neither was asked for.
    return { type: 'literal', text: value.replace(/[\u202f\u00a0]/g, ' ') };
  });
}

function orderOf(date: readonly PatternPart[]): LocaleConventions['dateOrder'] {
  const first = date.find((part) => part.type !== 'literal')?.type;
  if (first === 'year') return 'ymd';
  return first === 'month' ? 'mdy' : 'dmy';
}

const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr']);

function isRightToLeft(locale: string): boolean {
  return RTL_SCRIPTS.has(new Intl.Locale(locale).maximize().script ?? '');
}
