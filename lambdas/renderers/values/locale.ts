/** A piece of a locale's way to write a date or a time; `text` is set for literals only. */
export interface PatternPart {
  readonly type: 'day' | 'month' | 'year' | 'hour' | 'minute' | 'dayPeriod' | 'literal';
  readonly text: string;
}

/** How an amount of one currency is written. */
export interface CurrencyConventions {
  /** `R$`, `€`, `US$`. */
  readonly symbol: string;
  /** Digits after the decimal sign: 2 for EUR, 0 for JPY, 3 for KWD. */
  readonly digits: number;
  readonly position: 'before' | 'after';
  /** Between symbol and digits: `''`, a space or a no-break space. */
  readonly spacing: string;
}

/** The conventions of a locale, read once per report; nothing here is called per cell. Calendar: always Gregorian. */
export interface LocaleConventions {
  readonly locale: string;
  readonly rightToLeft: boolean;
  readonly decimal: string;
  readonly group: string;
  readonly minus: string;
  /** The locale's own ten digits, `0` first; ASCII in most. */
  readonly digits: readonly string[];
  /** Sizes of groups from the right, the last one repeating: `[3]`, in India `[3, 2]`. */
  readonly grouping: readonly number[];
  /** From how many integer digits on groups are separated: 5 in Spanish and Polish, else 4. */
  readonly groupingFrom: number;
  readonly percent: { readonly sign: string; readonly position: 'before' | 'after'; readonly spacing: string };
  /** Day and month of two digits, year of four, in the locale's order. */
  readonly date: readonly PatternPart[];
  /** Hour and minute, with a `dayPeriod` where the locale counts twelve hours. */
  readonly time: readonly PatternPart[];
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd';
  readonly hour12: boolean;
  /** @param code ISO 4217; an unknown one is its own symbol */
  currency(code: string): CurrencyConventions;
}

/** @throws `RangeError` for a tag that is not BCP 47; the request schema refuses those before */
export function conventionsOf(locale: string): LocaleConventions {
  const native = new Intl.NumberFormat(locale);
  const latin = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
  const date = datePattern(locale, { day: '2-digit', month: '2-digit', year: 'numeric' });
  const time = datePattern(locale, { hour: '2-digit', minute: '2-digit' });
  return {
    locale,
    rightToLeft: isRightToLeft(locale),
    decimal: partOf(latin.formatToParts(0.5), 'decimal', '.'),
    group: partOf(latin.formatToParts(1e9), 'group', ','),
    minus: partOf(latin.formatToParts(-1), 'minusSign', '-'),
    digits: Array.from({ length: 10 }, (_, digit) => native.format(digit)),
    grouping: groupSizes(latin),
    groupingFrom: latin.formatToParts(1000).some((part) => part.type === 'group') ? 4 : 5,
    percent: percentConventions(locale),
    date,
    time,
    dateOrder: orderOf(date),
    hour12: time.some((part) => part.type === 'dayPeriod'),
    currency: (code) => currencyConventions(locale, code),
  };
}

function partOf(parts: readonly Intl.NumberFormatPart[], type: string, fallback: string): string {
  return stripMarks(parts.find((part) => part.type === type)?.value ?? fallback);
}

/** Intl puts invisible direction marks into Arabic and Hebrew patterns; a number format or a font has no use for them. */
function stripMarks(text: string): string {
  return text.replace(/[\u061c\u200e\u200f]/g, '');
}

function groupSizes(format: Intl.NumberFormat): number[] {
  const integers = format.formatToParts(1e15).filter((part) => part.type === 'integer');
  const [last, previous] = integers.reverse().map((part) => part.value.length);
  if (last === undefined || previous === undefined) return [3];
  return last === previous ? [last] : [last, previous];
}

function percentConventions(locale: string): LocaleConventions['percent'] {
  const parts = new Intl.NumberFormat(locale, { style: 'percent', numberingSystem: 'latn' }).formatToParts(0.5);
  return { sign: partOf(parts, 'percentSign', '%'), ...placement(parts, 'percentSign') };
}

function currencyConventions(locale: string, code: string): CurrencyConventions {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: code, numberingSystem: 'latn' });
  const parts = format.formatToParts(1);
  return {
    symbol: partOf(parts, 'currency', code),
    digits: format.resolvedOptions().maximumFractionDigits ?? 2,
    ...placement(parts, 'currency'),
  };
}

function placement(
  parts: readonly Intl.NumberFormatPart[],
  sign: string,
): { position: 'before' | 'after'; spacing: string } {
  const at = parts.findIndex((part) => part.type === sign);
  const position = at < parts.findIndex((part) => part.type === 'integer') ? 'before' : 'after';
  const neighbour = parts[position === 'before' ? at + 1 : at - 1];
  return { position, spacing: neighbour?.type === 'literal' ? stripMarks(neighbour.value) : '' };
}

const PATTERN_TYPES = new Set(['day', 'month', 'year', 'hour', 'minute', 'dayPeriod']);

function datePattern(locale: string, fields: Intl.DateTimeFormatOptions): PatternPart[] {
  const options = { ...fields, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' };
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(0);
  return parts
    .map(({ type, value }): PatternPart => {
      if (PATTERN_TYPES.has(type)) return { type: type as PatternPart['type'], text: '' };
      // An era or a relative year cannot appear: neither was asked for.
      return { type: 'literal', text: stripMarks(value).replace(/[\u202f\u00a0]/g, ' ') };
    })
    .filter((part) => part.type !== 'literal' || part.text !== '');
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
