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

/** One token of a number format (ECMA-376 part 1, 18.8.31): quoted text, an escaped character, a bracket, a code. */
const TOKEN =
  /"[^"]*"|\\.|[_*].|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d{1,2}|h+|m+|s+|[<>=]{1,2}-?\d+(?:\.\d+)?|\$[^\]]*)\]|General|AM\/PM|A\/P|E[+-]|[0#?.,%/@;yYmMdDhHsSeEgGbB $+\-():!^&'~{}<>=\u00a0\u202f]|[^\x20-\x7e]/giy;

/**
 * Tells whether Excel will take a number format. A bad one makes it offer to "repair" the workbook, so the check is
 * stricter than Excel: letters that are no code must be quoted.
 */
export function isNumberFormat(format: string): boolean {
  if (format.length > 255) return false;
  TOKEN.lastIndex = 0;
  let sections = 1;
  while (TOKEN.lastIndex < format.length) {
    const token = TOKEN.exec(format);
    if (token === null) return false;
    if (token[0] === ';') sections += 1;
  }
  return sections <= 4;
}
