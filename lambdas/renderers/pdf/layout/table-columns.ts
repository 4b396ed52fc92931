import type { Row } from '../../../domain/rendering.ts';
import { type Align, type TableColumn, totalLabelColumn } from '../../table/columns.ts';
import type { ColumnDisplay } from '../../table/display.ts';
import { totalWord } from '../../table/words.ts';
import type { LocaleConventions } from '../../values/locale.ts';
import type { CellParser } from '../../values/parse.ts';
import { flatText } from '../text/paragraphs.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import { type ColumnDemand, leastWidth, shareWidth } from './columns.ts';
import { BODY_SIZE } from './theme.ts';

/** Between a cell's edge and its text, in tenths of a point. */
const PADDING = 40;
/** Below this size nobody reads a table on paper. */
const LEAST_SIZE = 55;
/** Below this size widths that were asked for give way. */
const SMALL_SIZE = 70;
/** The part of the room that words may then take, so that text does not stand in columns of one word. */
const EASE = 0.85;
/** More room between a number that ends at the right and a text that begins at the left of the next column. */
const APART = 60;
/** Words longer than this may be broken before others must shrink, in 1/1000 em. */
const LONGEST_WORD = 9000;
const DIGIT_WIDTH = 572;

/** A column as it is painted: lengths in tenths of a point. */
export interface SetColumn {
  readonly label: string;
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
  readonly left: number;
  readonly right: number;
}

/** Sizes columns from a sample of rows. A table too wide for its page is set smaller, as far as it can be read. */
export function setColumns(table: readonly TableColumn[], sample: readonly Row[], context: ColumnContext): SetColumns {
  const { locale } = context;
  const room = context.right - context.left;
  const demands = table.map((column, i) => demandOf(column, i, sample, context));
  makeRoomForTotal(table, demands, context);
  const size = sizeFor(demands, room);
  const aligns = table.map(({ align }) => align);
  const [end, start] = locale.rightToLeft ? ['left', 'right'] : ['right', 'left'];
  const gaps = aligns.map((align, i) => (align === start && aligns[i - 1] === end ? APART : 0));
  const widths = shareWidth(
    demands.map((demand, i) => scaled(demand, size, gaps[i])),
    room,
  );
  let at = context.left;
  const columns = table.map((column, i): SetColumn => {
    const before = at;
    at += widths[i] as number;
    const [left, right] = locale.rightToLeft
      ? [context.left + context.right - at, context.left + context.right - before]
      : [before, at];
    const padding = Math.min(PADDING, (right - left) / 8);
    const apart = Math.min(gaps[i] as number, (right - left) / 4);
    const [from, to] = locale.rightToLeft
      ? [Math.round(left + padding), Math.round(right - padding - apart)]
      : [Math.round(left + padding + apart), Math.round(right - padding)];
    return {
      label: column.label,
      display: column.display,
      parse: column.parser(),
      align: aligns[i] as Align,
      left: from,
      right: to,
      room: ((to - from) / size) * 1000 + 1,
      wrap: column.spec.wrap ?? true,
    };
  });
  return { columns, size };
}

/** In 1/1000 em, without padding. */
function demandOf(
  column: TableColumn,
  index: number,
  sample: readonly Row[],
  { setter, regular, bold }: ColumnContext,
): ColumnDemand {
  const header = setter.measure(flatText(column.label), bold);
  let natural = header;
  let least = longestWord(column.label, (word) => setter.measure(word, bold));
  const { breaks, grows } = column.type;
  const { display } = column;
  for (const row of sample) {
    const text = flatText(display.cell(row[index] ?? null));
    const width = setter.measure(text, regular);
    if (width > natural) natural = width;
    const word = breaks ? longestWord(text, (piece) => setter.measure(piece, regular)) : width;
    if (word > least) least = word;
  }
  // The sample is where counting begins: later numbers are longer, and must not be cut in two.
  if (grows) natural += 3 * DIGIT_WIDTH;
  // A total is wider than any of its addends.
  if (column.total === 'sum') natural = least = Math.max(least, natural) + 2.5 * DIGIT_WIDTH;
  if (breaks) least = Math.min(least, LONGEST_WORD);
  return { natural, least, text: breaks, fixed: column.width === undefined ? undefined : column.width * DIGIT_WIDTH };
}

/** The word for "Total" stands in the first column without a total, and is not to be broken. */
function makeRoomForTotal(columns: readonly TableColumn[], demands: ColumnDemand[], context: ColumnContext): void {
  const at = totalLabelColumn(columns);
  const demand = demands[at];
  if (demand === undefined || columns.every(({ total }) => total === undefined)) return;
  const width = context.setter.measure(totalWord(context.locale.locale), context.bold);
  demands[at] = { ...demand, natural: Math.max(demand.natural, width), least: Math.max(demand.least, width) };
}

function longestWord(text: string, measure: (word: string) => number): number {
  return text.split(/[\s\u200b-]+/).reduce((longest, word) => Math.max(longest, measure(word)), 0);
}

function scaled({ natural, least, fixed, text }: ColumnDemand, size: number, gap = 0): ColumnDemand {
  const length = (width: number): number => (width * size) / 1000 + 2 * PADDING + 2 + gap;
  return {
    natural: length(natural),
    least: length(least),
    fixed: fixed === undefined ? undefined : length(fixed),
    text,
  };
}

/** The largest size at which no word is broken: first with the widths that were asked for, then without. */
function sizeFor(demands: readonly ColumnDemand[], room: number): number {
  const fits = (size: number, honourFixed: boolean, part = 1): boolean =>
    leastWidth(
      demands.map((demand) => scaled(demand, size)),
      { honourFixed },
    ) <=
    room * part;
  for (let size = BODY_SIZE; size >= SMALL_SIZE; size -= 5) if (fits(size, true)) return size;
  for (let size = BODY_SIZE - 10; size > LEAST_SIZE; size -= 5) if (fits(size, false, EASE)) return size;
  return LEAST_SIZE;
}
