import type { Column, TableSpec } from '../../../domain/request.ts';
import type { Row } from '../../renderer.ts';
import { type ColumnDisplay, displayOf } from '../../values/display.ts';
import type { LocaleConventions } from '../../values/locale.ts';
import { type CellParser, cellParser } from '../../values/parse.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import { type Align, alignmentOf, type ColumnDemand, shareWidth } from './columns.ts';
import { BODY_SIZE } from './theme.ts';

/** Between a cell's edge and its text, in tenths of a point. */
const PADDING = 36;
/** Below this size nobody reads a table on paper. */
const LEAST_SIZE = 55;
/** Words longer than this may be broken before others must shrink, in 1/1000 em. */
const LONGEST_WORD = 9000;
const DIGIT_WIDTH = 572;

/** A column as it is painted: lengths in tenths of a point. */
export interface SetColumn {
  readonly spec: Column;
  readonly display: ColumnDisplay;
  readonly parse: CellParser | undefined;
  readonly align: Align;
  /** Where its text may stand. */
  readonly left: number;
  readonly right: number;
  /** The same as a width in 1/1000 em of the table's size. */
  readonly room: number;
  readonly wrap: boolean;
}

export interface SetColumns {
  readonly columns: readonly SetColumn[];
  /** Font size in tenths of a point. */
  readonly size: number;
}

/** What setting columns takes besides the table. */
export interface ColumnContext {
  readonly setter: Typesetter;
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly locale: LocaleConventions;
  readonly timeZone: string;
  readonly left: number;
  readonly right: number;
}

export function labelOf(column: Column): string {
  return column.label ?? column.key;
}

/** Sizes columns from a sample of rows. A table too wide for its page is set smaller, as far as it can be read. */
export function setColumns(table: TableSpec, sample: readonly Row[], context: ColumnContext): SetColumns {
  const { locale, timeZone } = context;
  const displays = table.columns.map((column) => displayOf(column, locale, timeZone));
  const room = context.right - context.left;
  const demands = table.columns.map((column, i) => demandOf(column, i, displays[i] as ColumnDisplay, sample, context));
  const size = sizeFor(demands, room);
  const widths = shareWidth(
    demands.map((demand) => scaled(demand, size)),
    room,
  );
  let at = context.left;
  const columns = table.columns.map((spec, i): SetColumn => {
    const start = at;
    at += widths[i] as number;
    const [left, right] = locale.rightToLeft
      ? [context.left + context.right - at, context.left + context.right - start]
      : [start, at];
    const padding = Math.min(PADDING, (right - left) / 8);
    return {
      spec,
      display: displays[i] as ColumnDisplay,
      parse: cellParser(spec.type, timeZone),
      align: alignmentOf(spec, locale.rightToLeft),
      left: Math.round(left + padding),
      right: Math.round(right - padding),
      room: ((Math.round(right - padding) - Math.round(left + padding)) / size) * 1000 + 1,
      wrap: spec.wrap ?? true,
    };
  });
  return { columns, size };
}

/** In 1/1000 em, without padding. */
function demandOf(
  column: Column,
  index: number,
  display: ColumnDisplay,
  sample: readonly Row[],
  { setter, regular, bold }: ColumnContext,
): ColumnDemand {
  const header = setter.measure(labelOf(column).replace(/\s+/g, ' '), bold);
  let natural = header;
  let least = longestWord(labelOf(column), (word) => setter.measure(word, bold));
  const wraps = column.type === 'text' || column.type === 'url';
  for (const row of sample) {
    const text = display.cell(row[index] ?? null).replace(/\s+/g, ' ');
    const width = setter.measure(text, regular);
    if (width > natural) natural = width;
    const word = wraps ? longestWord(text, (piece) => setter.measure(piece, regular)) : width;
    if (word > least) least = word;
  }
  // A total is wider than any of its addends.
  if (column.total === 'sum') natural = least = Math.max(least, natural) + 2.5 * DIGIT_WIDTH;
  least = Math.min(least, LONGEST_WORD);
  return { natural, least, fixed: column.width === undefined ? undefined : column.width * DIGIT_WIDTH };
}

function longestWord(text: string, measure: (word: string) => number): number {
  return text.split(/[\s\u200b-]+/).reduce((longest, word) => Math.max(longest, measure(word)), 0);
}

function scaled({ natural, least, fixed }: ColumnDemand, size: number): ColumnDemand {
  const length = (width: number): number => (width * size) / 1000 + 2 * PADDING + 2;
  return { natural: length(natural), least: length(least), fixed: fixed === undefined ? undefined : length(fixed) };
}

function sizeFor(demands: readonly ColumnDemand[], room: number): number {
  for (let size = BODY_SIZE; size > LEAST_SIZE; size -= 5) {
    const needed = demands.reduce((sum, demand) => {
      const { least, fixed } = scaled(demand, size);
      return sum + (fixed ?? least);
    }, 0);
    if (needed <= room) return size;
  }
  return LEAST_SIZE;
}
