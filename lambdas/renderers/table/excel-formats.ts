import type { CurrencyConventions, LocaleConventions, PatternPart } from '../values/locale.ts';

// Number formats are written in the notation that files store whatever the reader's language: `,` and `.` stand for the
// reader's own signs.

/** A number with so many digits after the decimal sign. */
export function decimalFormat(digits: number): string {
  return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
}

export function currencyFormat({ symbol, digits, position, spacing }: CurrencyConventions): string {
  const amount = decimalFormat(digits);
  const sign = `[$${symbol.replace(/[[\]-]/g, '')}]`;
  const gap = spacing === '' ? '' : '\u00a0';
  return position === 'before' ? `${sign}${gap}${amount}` : `${amount}${gap}${sign}`;
}

export function percentFormat({ percent }: LocaleConventions): string {
  const gap = percent.spacing === '' ? '' : '\u00a0';
  return percent.position === 'before' ? `%${gap}0.0` : `0.0${gap}%`;
}

const CODES: Record<PatternPart['type'], string> = {
  day: 'dd',
  month: 'mm',
  year: 'yyyy',
  hour: 'hh',
  minute: 'mm',
  dayPeriod: 'AM/PM',
  literal: '',
};

/** A date or a time as the request's locale lays it out: a reader would show the built-in formats by its own. */
export function patternFormat(parts: readonly PatternPart[]): string {
  return parts.map((part) => (part.type === 'literal' ? literal(part.text) : CODES[part.type])).join('');
}

/** The signs that stand for themselves in a format need no quotes; words like the Bulgarian `г.` do. */
function literal(text: string): string {
  return /^[-/.: ]*$/.test(text) ? text : `"${text.replaceAll('"', '')}"`;
}

/** Formats that have numbers of their own in Excel, by which each reader sees what his system is set to. */
const BY_SYSTEM: Readonly<Record<string, string>> = {
  'mm-dd-yy': 'mm-dd-yy;@',
  'm/d/yy "h":mm': 'm/d/yy "h":mm;@',
  'mmss.0': 'mmss.0;@',
  '#,##0 ;(#,##0)': '#,##0\\ ;(#,##0)',
  '#,##0 ;[Red](#,##0)': '#,##0\\ ;[Red](#,##0)',
  '#,##0.00 ;(#,##0.00)': '#,##0.00\\ ;(#,##0.00)',
  '#,##0.00 ;[Red](#,##0.00)': '#,##0.00\\ ;[Red](#,##0.00)',
};

/** A request's own format, written so that it is shown as it says. */
export function ownFormat(format: string): string {
  return BY_SYSTEM[format] ?? format;
}
