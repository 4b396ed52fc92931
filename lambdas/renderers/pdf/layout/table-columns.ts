import type { Row } from '../../../domain/rendering.ts';
import { carryWords } from '../../table/carry-words.ts';
import { type Align, type TableColumn, totalLabelColumn } from '../../table/columns.ts';
import type { ColumnDisplay } from '../../table/display.ts';
import { totalWord } from '../../table/words.ts';
import type { LocaleConventions } from '../../values/locale.ts';
import type { CellParser } from '../../values/parse.ts';
import { flatText } from '../text/paragraphs.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import { type ColumnDemand, leastWidth, shareWidth } from './columns.ts';
import { comfortable, PADDING, scaled } from './demands.ts';
import { heldWidths, PANEL_SIZE, type Panel, panelsOf } from './panels.ts';
import { BODY_SIZE } from './theme.ts';

/** Below this size nobody reads a table on paper. */
const LEAST_SIZE = 60;

/** Below this size widths that were asked for give way. */
const SMALL_SIZE = 70;
/** The part of the room that words may then take, so that text does not stand in columns of one word. */
const EASE = 0.85;
/** How much more than the room there is such text may want before a table goes on in panels. */
const CROWDING = 1.3;
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
  /** Whether a text may be broken into lines at all; an amount may not. */
  readonly breaks: boolean;
}

export interface SetColumns {
  readonly columns: readonly SetColumn[];
  /** Font size in tenths of a point. */
  readonly size: number;
  /** Which columns stand beside each other; more than one where the table is too wide for a page. */
  readonly panels: readonly Panel[];
}

/** What setting columns takes besides the table. */
export interface ColumnContext {
  readonly setter: Typesetter;
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly locale: LocaleConventions;
  readonly left: number;
  readonly right: number;
  /** How many columns every panel begins with. */
  readonly repeated: number;
  /** Whether pages carry running totals over, which are named where the total is. */
  readonly carried: boolean;
}

/**
 * Sizes columns from a sample of rows. A table too wide for its page is set smaller, as far as it can be read, and goes on
 * in panels where that is not enough.
 */
export function setColumns(table: readonly TableColumn[], sample: readonly Row[], context: ColumnContext): SetColumns {
  const room = context.right - context.left;
  const demands = table.map((column, i) => demandOf(column, i, sample, context));
  makeRoomForTotal(table, demands, context);
  const single = sizeFor(demands, room);
  const isCrowded = single === undefined || !isComfortable(demands, single, room);
  if (!isCrowded)
    return {
      columns: placed(table, demands, { size: single, indices: all(table) }, context),
      size: single,
      panels: [all(table)],
    };
  const panels = panelsOf(demands, { size: PANEL_SIZE, room, repeated: context.repeated });
  if (panels.length === 1) {
    const size = single ?? LEAST_SIZE;
    return { columns: placed(table, demands, { size, indices: all(table) }, context), size, panels };
  }
  return { columns: inPanels(table, demands, panels, context), size: PANEL_SIZE, panels };
}

const all = (table: readonly TableColumn[]): number[] => table.map((_, i) => i);

/** Columns of one page's width. The widths of those in `held` are given, in tenths of a point. */
interface Across {
  readonly size: number;
  readonly indices: readonly number[];
  readonly held?: readonly number[];
}

/** Places the columns of a page beside each other. @returns them in the order of `indices` */
function placed(
  table: readonly TableColumn[],
  demands: readonly ColumnDemand[],
  { size, indices, held = [] }: Across,
  context: ColumnContext,
): SetColumn[] {
  const { locale } = context;
  const aligns = indices.map((i) => (table[i] as TableColumn).align);
  const [end, start] = locale.rightToLeft ? ['left', 'right'] : ['right', 'left'];
  const gaps = aligns.map((align, i) => (align === start && aligns[i - 1] === end ? APART : 0));
  const rest = indices
    .slice(held.length)
    .map((i, at) => scaled(demands[i] as ColumnDemand, size, gaps[held.length + at]));
  const widths = [
    ...held,
    ...shareWidth(rest, context.right - context.left - held.reduce((sum, width) => sum + width, 0)),
  ];
  let at = context.left;
  return indices.map((index, i): SetColumn => {
    const column = table[index] as TableColumn;
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
      breaks: column.type.breaks,
    };
  });
}

/** Places the columns of every panel; those that are repeated stand at the same place in each. */
function inPanels(
  table: readonly TableColumn[],
  demands: readonly ColumnDemand[],
  panels: readonly (readonly number[])[],
  context: ColumnContext,
): SetColumn[] {
  const { repeated } = context;
  const held = heldWidths(demands, { size: PANEL_SIZE, room: context.right - context.left, repeated });
  const columns: SetColumn[] = [];
  for (const indices of panels) {
    placed(table, demands, { size: PANEL_SIZE, indices, held }, context).forEach((column, i) => {
      columns[indices[i] as number] = column;
    });
  }
  return columns;
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
  const measure = (text: string) => context.setter.measure(text, context.bold);
  const { locale } = context.locale;
  const width = measure(totalWord(locale));
  const { forward, brought } = carryWords(locale);
  const carried = context.carried ? [forward, brought] : [];
  demands[at] = {
    ...demand,
    natural: Math.max(demand.natural, width, ...carried.map(measure)),
    least: Math.max(demand.least, width, ...carried.map((text) => longestWord(text, measure))),
  };
}

function longestWord(text: string, measure: (word: string) => number): number {
  return text.split(/[\s\u200b-]+/).reduce((longest, word) => Math.max(longest, measure(word)), 0);
}

/**
 * The largest size at which no word is broken: first with the widths that were asked for, then without; `undefined` where
 * even the least that can be read is too large.
 */
function sizeFor(demands: readonly ColumnDemand[], room: number): number | undefined {
  const fits = (size: number, honourFixed: boolean, part = 1): boolean =>
    leastWidth(
      demands.map((demand) => scaled(demand, size)),
      { honourFixed },
    ) <=
    room * part;
  for (let size = BODY_SIZE; size >= SMALL_SIZE; size -= 5) if (fits(size, true)) return size;
  for (let size = BODY_SIZE - 10; size >= LEAST_SIZE; size -= 5) if (fits(size, false, EASE)) return size;
  return undefined;
}

/** Whether running text has lines of some words, and does not stand in columns of one syllable. */
function isComfortable(demands: readonly ColumnDemand[], size: number, room: number): boolean {
  const wanted = demands.reduce((sum, demand) => sum + scaled(comfortable(demand), size).least, 0);
  return wanted <= room * CROWDING;
}
