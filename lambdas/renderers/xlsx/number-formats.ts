import type { Column } from '../../domain/request.ts';
import type { CurrencyConventions, LocaleConventions, PatternPart } from '../values/locale.ts';

/**
 * The number format of a column, in the notation that the file stores whatever the reader's language: `,` and `.` stand
 * for the reader's own signs. Dates are laid out as in the request's locale, since a reader would show built-in formats
 * by its own.
 */
export function defaultFormat(column: Column, locale: LocaleConventions): string {
  switch (column.type) {
    case 'integer':
      return '#,##0';
    case 'number':
      return '#,##0.00';
    case 'currency':
      return column.currency === undefined ? '#,##0.00' : currencyFormat(locale.currency(column.currency));
    case 'percent':
      return percentFormat(locale);
    case 'date':
      return pattern(locale.date);
    case 'datetime':
      return `${pattern(locale.date)} ${pattern(locale.time)}`;
    case 'duration':
      return '[h]:mm:ss';
    case 'boolean':
      // Excel shows the words of its own language whatever the format; programs that take truth for a number need it.
      return '"TRUE";"TRUE";"FALSE"';
    case 'text':
    case 'url':
      return '@';
  }
}

function currencyFormat({ symbol, digits, position, spacing }: CurrencyConventions): string {
  const amount = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  const sign = `[$${symbol.replace(/[[\]-]/g, '')}]`;
  const gap = spacing === '' ? '' : '\u00a0';
  return position === 'before' ? `${sign}${gap}${amount}` : `${amount}${gap}${sign}`;
}

function percentFormat({ percent }: LocaleConventions): string {
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

function pattern(parts: readonly PatternPart[]): string {
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
