import type { Row } from '../../domain/rendering.ts';
import type { TableColumn } from '../table/columns.ts';
import { FILTER_BUTTON, WIDE } from './column-widths.ts';

/** In points. */
const LINE_HEIGHT = 15;
const PADDING = 3;
/** Of a row of one line, a little airier than a program's default. */
export const ROW_HEIGHT = LINE_HEIGHT + PADDING;
const HEADER_PADDING = 8;
/** Excel's own limit. */
const HIGHEST = 409;
const SPACE = 0.48;
/** Lines beyond would not show. */
const MOST_LINES = Math.floor((HIGHEST - PADDING) / LINE_HEIGHT);

/** The widths of ASCII in the body font, rounded; a digit has 1. Text is narrower than as many digits. */
const WIDTHS = new Float32Array(128).fill(1);
for (const [width, signs] of [
  [SPACE, " !',.:;Iijl|`"],
  [0.68, '"()-/J[\\]frt{}'],
  [0.88, '*?LS^cksvxyz'],
  [1.12, 'ABCKRVX'],
  [1.3, 'DGHNOQU&'],
  [1.5, '%mw'],
  [1.75, '@MW'],
] as const) {
  for (const sign of signs) WIDTHS[sign.charCodeAt(0)] = width;
}

/**
 * How high rows of wrapped text must be. Excel would find out by itself, but other programs trust what the file says,
 * and set the second line over the row below.
 */
export class RowHeights {
  readonly #wrapped: readonly { readonly column: number; readonly width: number }[];

  constructor(columns: readonly TableColumn[], widths: readonly number[]) {
    this.#wrapped = columns
      .map(({ spec: { wrap } }, column) => ({ wrap, column, width: Math.max(1, (widths[column] as number) - 2) }))
      .filter(({ wrap }) => wrap === true);
  }

  /** `undefined` for a row of one line, which every program shows as high as it should be. */
  heightOf(row: Row): number | undefined {
    let most = 1;
    for (const { column, width } of this.#wrapped) {
      const cell = row[column];
      if (typeof cell !== 'string' || (cell.length * 2 <= width && !cell.includes('\n'))) continue;
      most = Math.max(most, wrappedLines(cell, width));
    }
    return most === 1 ? undefined : Math.min(HIGHEST, most * LINE_HEIGHT + PADDING);
  }
}

/** The height of the header row, whose labels are wrapped. */
export function headerHeight(columns: readonly TableColumn[], widths: readonly number[]): number {
  const lines = columns.map(({ label }, i) => wrappedLines(label, Math.max(1, (widths[i] as number) - FILTER_BUTTON)));
  return Math.min(HIGHEST, Math.max(...lines) * LINE_HEIGHT + HEADER_PADDING);
}

function setWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const unit = character.charCodeAt(0);
    width += unit < 128 ? (WIDTHS[unit] as number) : WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** In how many lines a text is set when it breaks at spaces, and inside of words that are wider than the line. */
export function wrappedLines(text: string, width: number): number {
  let lines = 0;
  for (const paragraph of text.split(/\r\n|[\r\n]/)) {
    lines += paragraphLines(paragraph, width);
    if (lines >= MOST_LINES) return MOST_LINES;
  }
  return lines;
}

function paragraphLines(paragraph: string, width: number): number {
  // What cannot show need not be measured.
  const text = paragraph.slice(0, (width * MOST_LINES) / SPACE);
  if (setWidth(text) <= width) return 1;
  let lines = 1;
  let filled = 0;
  for (const word of text.split(/\s+/)) {
    const length = setWidth(word);
    if (filled > 0 && filled + SPACE + length > width) {
      lines += 1;
      filled = 0;
    }
    filled += filled === 0 ? length : SPACE + length;
    while (filled > width) {
      lines += 1;
      filled -= width;
    }
  }
  return lines;
}
