import type { Row } from '../../domain/rendering.ts';
import type { Column, TableSpec } from '../../domain/request.ts';
import { conventionsOf, type LocaleConventions } from '../values/locale.ts';
import { type CellParser, cellParser } from '../values/parse.ts';

/** In characters of the body font, as Excel counts. */
const NARROWEST = 8;
const WIDEST = 60;
const WIDEST_WRAPPED = 45;
/** An address is looked at less than it is clicked. */
const WIDEST_LINK = 45;
/** Room at both sides, the indent among it; and for the button of the filter in the header. */
const PADDING = 3;
export const FILTER_BUTTON = 3;
const SHORT_HEADER = 14;
/** A sum is longer than what it is made of: five digits more, with their separators, for a hundred thousand rows. */
const SUM_EXTRA = 6;

/** The widths of a table's columns: those that were asked for, or that fit the sample. */
export function columnWidths(table: TableSpec, sample: readonly Row[], locale: string, timeZone: string): number[] {
  const conventions = conventionsOf(locale);
  return table.columns.map((column, i) => column.width ?? fittedWidth(column, i, sample, conventions, timeZone));
}

/** The `<cols>` element of a sheet. */
export function columnsElement(widths: readonly number[]): string {
  const elements = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  return `<cols>${elements.join('')}</cols>`;
}

function fittedWidth(
  column: Column,
  index: number,
  sample: readonly Row[],
  locale: LocaleConventions,
  timeZone: string,
): number {
  const parse = cellParser(column.type, timeZone);
  let longest = 0;
  for (const row of sample) {
    const cell = row[index];
    if (cell === null || cell === undefined) continue;
    const width = shownLength(column, cell, parse, locale);
    if (width > longest) longest = width;
  }
  if (column.total === 'sum') longest += SUM_EXTRA;
  const header = headerLength(column.label ?? column.key) + FILTER_BUTTON + 1;
  const widest = column.wrap === true ? WIDEST_WRAPPED : column.type === 'url' ? WIDEST_LINK : WIDEST;
  return Math.min(widest, Math.max(NARROWEST, longest + PADDING, header));
}

/** A short header stays on one line. A longer one wraps: its longest word decides, as long as lines do not get many. */
function headerLength(label: string): number {
  if (label.length <= SHORT_HEADER) return textLength(label);
  const words = label.split(/\s+/).map(textLength);
  return Math.max(...words, Math.ceil(textLength(label) / 2));
}

function shownLength(
  column: Column,
  cell: string | number | boolean,
  parse: CellParser | undefined,
  locale: LocaleConventions,
): number {
  const value = parse === undefined ? Number.NaN : parse(cell);
  if (Number.isNaN(value)) return longestLine(String(cell));
  // A format of the request's own is nearly as long as what it shows.
  const own = column.format === undefined ? 0 : (column.format.split(';')[0]?.length ?? 0);
  switch (column.type) {
    case 'boolean':
      return 6;
    case 'date':
      return Math.max(10, own);
    case 'datetime':
      return Math.max(locale.hour12 ? 20 : 17, own);
    case 'duration':
      return Math.max(String(Math.floor(value / 3600)).length + 6, own);
    case 'percent':
      return Math.max(integerLength(value * 100) + 3, own);
    case 'integer':
      return Math.max(integerLength(value), own);
    case 'currency':
      return Math.max(integerLength(value) + 3 + currencyLength(column, locale), own);
    default:
      return Math.max(integerLength(value) + 3, own);
  }
}

function currencyLength(column: Column, locale: LocaleConventions): number {
  return column.currency === undefined ? 0 : locale.currency(column.currency).symbol.length + 1;
}

/** With sign and group separators. */
function integerLength(value: number): number {
  const digits = Math.max(1, Math.ceil(Math.log10(Math.abs(value) + 1)));
  return digits + Math.floor((digits - 1) / 3) + (value < 0 ? 1 : 0);
}

function longestLine(text: string): number {
  const head = text.slice(0, 500);
  return head.includes('\n') ? Math.max(...head.split('\n').map(textLength)) : textLength(head);
}

/** East Asian characters and emoji take two places. */
export const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;

function textLength(text: string): number {
  let length = 0;
  for (const character of text) length += WIDE.test(character) ? 2 : 1;
  return length;
}
