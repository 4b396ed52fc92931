import type { Row } from '../../domain/rendering.ts';
import type { TableColumn } from '../table/columns.ts';

/** In characters of the body font, as Excel counts. */
const NARROWEST = 8;
/** Of numbers: rows below the sample hold longer ones. */
const NARROWEST_NUMBER = 12;
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
export function columnWidths(columns: readonly TableColumn[], sample: readonly Row[]): number[] {
  return columns.map((column, i) => column.width ?? fittedWidth(column, i, sample));
}

/** The `<cols>` element of a sheet, in pieces. */
export function* columnElements(widths: readonly number[]): Generator<string> {
  yield '<cols>';
  for (const [i, width] of widths.entries()) {
    yield `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;
  }
  yield '</cols>';
}

function fittedWidth(column: TableColumn, index: number, sample: readonly Row[]): number {
  const parse = column.parser();
  let longest = 0;
  for (const row of sample) {
    const cell = row[index];
    if (cell === null || cell === undefined) continue;
    const value = parse === undefined ? Number.NaN : parse(cell);
    const width = Number.isNaN(value) ? longestLine(String(cell)) : column.excelLength(value);
    if (width > longest) longest = width;
  }
  if (column.total === 'sum') longest += SUM_EXTRA;
  const header = headerLength(column.label) + FILTER_BUTTON + 1;
  const narrowest = column.type.form === 'number' ? NARROWEST_NUMBER : NARROWEST;
  return Math.min(widestOf(column), Math.max(narrowest, longest + PADDING, header));
}

function widestOf({ spec, type }: TableColumn): number {
  if (spec.wrap === true) return WIDEST_WRAPPED;
  return type.form === 'link' ? WIDEST_LINK : WIDEST;
}

/** A short header stays on one line. A longer one wraps: its longest word decides, as long as lines do not get many. */
function headerLength(label: string): number {
  if (label.length <= SHORT_HEADER) return textLength(label);
  const words = label.split(/\s+/).map(textLength);
  return Math.max(...words, Math.ceil(textLength(label) / 2));
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
