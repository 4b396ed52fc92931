// Longer than a file should be: the hot path, one loop whose steps share their state.
import type { Cell } from '../../domain/cells.ts';
import type { Row } from '../../domain/rendering.ts';
import type { TableColumn } from '../table/columns.ts';
import type { Warnings } from '../table/warnings.ts';
import { linkTarget } from '../values/links.ts';
import { changedDigits, shortNumbers } from '../values/number-format/fifteen-digits.ts';
import type { CellParser } from '../values/parse.ts';
import { cleanText } from '../values/text.ts';
import { DURATION, kindOf, LINK, NUMERIC, TEXT, TIME, TRUTH } from './cell-kinds.ts';
import { safeText, writeText } from './cell-text.ts';
import { BLOCK_BYTES } from './deflate.ts';
import { writeInteger, writeNumber } from './digits.ts';
import { type Links, MAX_ADDRESS, MAX_LINKS } from './links.ts';
import { columnLetters, type References } from './references.ts';
import { RowHeights } from './row-heights.ts';
import { copyText, isBatched, RowTexts } from './row-texts.ts';
import {
  BANDED,
  BLANK,
  BOOLEAN,
  NUMBER,
  OPEN,
  PLAIN,
  packSegments,
  packWords,
  type Segments,
  STRIDE,
  STRING,
} from './segments.ts';
import { writeDays, writeTime } from './serial-dates.ts';
import { type CellNumber, cellNumber } from './stored-values.ts';
import type { StyleNumbers } from './style-book.ts';
import type { TableTotals } from './table-totals.ts';
import type { XmlBlocks } from './xml-blocks.ts';

/** The sheet that rows go to at the moment. */
export interface OpenSheet {
  readonly name: string;
  readonly blocks: XmlBlocks;
  readonly links: Links;
  /** Whether each cell says where it stands, or the first one of each row alone. */
  readonly references: References;
  /** The number of the next row, 1-based. */
  row: number;
}

const VALUE_END = packWords('</v></c>')[0] as number;
const ROW_START = packWords('<row r="')[0] as number;
const ROW_END = packWords('</row>')[0] as number;
const OUTLINED = ' outlineLevel="1"';

/** What the rows of a table are written by, besides its columns. */
export interface TableContext {
  readonly totals: TableTotals;
  readonly warnings: Warnings;
  /** Of the columns. */
  readonly widths: readonly number[];
  readonly references: References;
}

/** Encodes the data rows of one table, whatever sheets they fall on. */
export class TableRows {
  readonly #kinds: Uint8Array;
  readonly #parsers: readonly (CellParser | undefined)[];
  readonly #columns: readonly TableColumn[];
  readonly #stored: readonly CellNumber[];
  /** Numbers nearer to zero are shown with all their digits, and stored without a look at them. */
  readonly #short: Float64Array;
  readonly #styles: StyleNumbers;
  readonly #segments: Segments;
  readonly #texts: RowTexts;
  readonly #heights: RowHeights;
  readonly #totals: TableTotals;
  readonly #warnings: Warnings;
  readonly #rowDigits = new DataView(new ArrayBuffer(8));
  #rows = 0;

  constructor(columns: readonly TableColumn[], styles: StyleNumbers, context: TableContext) {
    const { totals, warnings, widths, references } = context;
    this.#columns = columns;
    this.#kinds = Uint8Array.from(columns, ({ type }) => kindOf(type));
    this.#parsers = columns.map((column) => column.parser());
    this.#stored = columns.map(storedBy);
    this.#short = Float64Array.from(columns, ({ excelFormat }) => shortNumbers(excelFormat));
    this.#styles = styles;
    // exceljs finds the link of a cell by what the cell says of its place.
    const referenced = (c: number) => references === 'full' || c === 0 || this.#kinds[c] === LINK;
    this.#segments = packSegments(styles, referenced);
    this.#texts = new RowTexts([...this.#kinds.keys()].filter((c) => isText(this.#kinds[c])));
    this.#heights = new RowHeights(columns, widths);
    this.#totals = totals;
    this.#warnings = warnings;
  }

  /** Data rows encoded so far. */
  get count(): number {
    return this.#rows;
  }

  /**
   * Writes one row; all rows of a batch must be written, in order. This is where the time goes: longer than other functions so that position, memory and tables stay
   * in local variables for all cells of the row.
   */
  write(rows: readonly Row[], index: number, sheet: OpenSheet): void {
    const row = rows[index] as Row;
    const texts = this.#texts;
    texts.ready(rows, index);
    const { words, lengths } = this.#segments;
    const { blocks } = sheet;
    const kinds = this.#kinds;
    const totals = this.#totals.any ? this.#totals.table : undefined;
    const band = this.#rows % 2 === 0 ? PLAIN : BANDED;
    const digitsLength = writeInteger(this.#rowDigits, 0, sheet.row);
    const digits = this.#rowDigits.getFloat64(0, true);
    let { bytes, view, position: at } = blocks;

    view.setFloat64(at, ROW_START, true);
    at += 8;
    view.setFloat64(at, digits, true);
    at += digitsLength;
    at = writeAttributes(bytes, at, this.#totals.groups !== undefined, this.#heights.heightOf(row));

    for (let c = 0; c < kinds.length; c += 1) {
      if (at >= BLOCK_BYTES) {
        blocks.position = at;
        blocks.turn();
        ({ bytes, view, position: at } = blocks);
      }
      let segment = c * STRIDE;
      const openLength = lengths[segment + OPEN] as number;
      if (openLength > 0) {
        view.setFloat64(at, words[segment + OPEN] as number, true);
        view.setFloat64(at + 8, words[segment + OPEN + 1] as number, true);
        at += openLength;
        view.setFloat64(at, digits, true);
        at += digitsLength;
      }
      segment += band;

      const cell = row[c];
      if (cell === null || cell === undefined || cell === '') {
        segment += BLANK;
        view.setFloat64(at, words[segment] as number, true);
        view.setFloat64(at + 8, words[segment + 1] as number, true);
        at += lengths[segment] as number;
        continue;
      }

      const kind = kinds[c] as number;
      let text: string;
      if (!isText(kind)) {
        const short = this.#short[c] as number;
        const plain = kind === NUMERIC && typeof cell === 'number' && cell > -short && cell < short;
        const value = plain ? cell : (this.#parsers[c] as CellParser)(cell);
        const stored = plain ? cell : (this.#stored[c] as CellNumber)(value);
        if (!Number.isNaN(stored)) {
          segment += kind === TRUTH ? BOOLEAN : NUMBER;
          view.setFloat64(at, words[segment] as number, true);
          view.setFloat64(at + 8, words[segment + 1] as number, true);
          if (kind === TRUTH) view.setFloat64(at + 16, words[segment + 2] as number, true);
          at += lengths[segment] as number;
          if (kind === TIME) at = writeTime(view, at, stored);
          else at = kind === DURATION ? writeDays(view, at, stored) : writeNumber(view, at, stored);
          view.setFloat64(at, VALUE_END, true);
          at += 8;
          if (totals?.[c] !== undefined) this.#addToTotals(c, kind === TRUTH ? Number.NaN : value);
          continue;
        }
        text = this.#keptAsText(cell, value, sheet, c);
      } else {
        text = typeof cell === 'string' ? cell : String(cell);
        if (totals?.[c] !== undefined) this.#addToTotals(c, Number.NaN);
      }
      const start = at;
      segment += STRING;
      view.setFloat64(at, words[segment] as number, true);
      view.setFloat64(at + 8, words[segment + 1] as number, true);
      view.setFloat64(at + 16, words[segment + 2] as number, true);
      at += lengths[segment] as number;
      at = isText(kind) && isBatched(cell) ? copyText(texts, bytes, at, cell) : writeText(bytes, at, text);
      const asColumn = kind !== LINK || this.#link(text, sheet, c);
      if (at >= 0 && asColumn) {
        view.setFloat64(at, VALUE_END, true);
        at += 8;
      } else {
        blocks.position = start;
        at = this.#writeRareText(text, sheet, c, this.#styleOf(c, asColumn, band === PLAIN));
      }
    }

    view.setFloat64(at, ROW_END, true);
    blocks.position = at + 6;
    this.#rows += 1;
    sheet.row += 1;
  }

  /**
   * Counts and warns of a cell that must be text in a column of values.
   * @param value `NaN` for a cell that holds none
   * @returns the text: as it was sent, or, of a time that no cell can hold, as it is shown elsewhere
   */
  #keptAsText(cell: Exclude<Cell, null>, value: number, sheet: OpenSheet, column: number): string {
    const isValue = !Number.isNaN(value);
    const isNumber = this.#kinds[column] === NUMERIC;
    this.#warnings.add('VALUE_KEPT_AS_TEXT', () => {
      const why = !isValue
        ? "a value of another type than its column's"
        : isNumber
          ? 'a number with more than the 15 digits that Excel shows'
          : 'a value that a cell of its type cannot hold';
      return `${place(sheet, column)} holds ${why}.`;
    });
    this.#addToTotals(column, value, isValue);
    return isValue && !isNumber ? (this.#columns[column] as TableColumn).display.value(value) : String(cell);
  }

  /** @param value `NaN` for a cell that is no number */
  #addToTotals(column: number, value: number, asText = false): void {
    for (const total of [this.#totals.table[column], this.#totals.group[column]]) {
      if (Number.isNaN(value)) total?.addOther();
      else total?.addNumber(value, asText);
    }
  }

  #styleOf(column: number, asColumn: boolean, plain: boolean): number {
    const styles = this.#styles;
    const numbers = asColumn ? (plain ? styles.plain : styles.banded) : plain ? styles.plainText : styles.bandedText;
    return numbers[column] as number;
  }

  /** Writes text that {@link writeText} would not. Such a cell keeps its blanks by a form that takes more bytes. */
  #writeRareText(text: string, sheet: OpenSheet, column: number, style: number): number {
    const safe = safeText(text, this.#warnings, () => place(sheet, column));
    const open = (this.#segments.lengths[column * STRIDE + OPEN] as number) > 0 ? '"' : '<c';
    const xml = `${open} s="${style}" t="inlineStr"><is><t xml:space="preserve">${safe}</t></is></c>`;
    const { bytes, position } = sheet.blocks;
    return position + bytes.write(xml, position, 'utf8');
  }

  /** Links a cell if it can be; returns whether it was. */
  #link(text: string, sheet: OpenSheet, column: number): boolean {
    const target = linkTarget(cleanText(text));
    const outcome = target === undefined ? 'no link' : sheet.links.add(place(sheet, column, ''), target);
    if (outcome === 'linked') return true;
    if (outcome === 'too many') {
      const where = () => `"${sheet.name}" has more links than the ${MAX_LINKS} that Excel allows; the rest are text.`;
      this.#warnings.add('LINKS_OVER_LIMIT', where);
    } else {
      this.#warnings.add('LINK_KEPT_AS_TEXT', () => `${place(sheet, column)} ${linkFault(text, outcome)}.`);
    }
    return false;
  }
}

function storedBy({ type, excelFormat }: TableColumn): CellNumber {
  return cellNumber(type.form, type.form === 'number' ? changedDigits(excelFormat) : undefined);
}

/** What is wrong with a text that should have been a link. */
function linkFault(text: string, outcome: 'no link' | 'too long'): string {
  if (outcome === 'too long') return `has an address of more than the ${MAX_ADDRESS} characters that Excel allows`;
  if (/^(?:https?|mailto):\S.*\s/is.test(text.trim())) return 'has an address with a space in it';
  return 'has no web or e-mail address';
}

function isText(kind: number | undefined): boolean {
  return kind === TEXT || kind === LINK;
}

/** A cell for a warning, `Orders!C17`, or for a reference. */
function place(sheet: OpenSheet, column: number, prefix = `${sheet.name}!`): string {
  return `${prefix}${columnLetters(column)}${sheet.row}`;
}

/** Ends the opening tag of a row: `">`, before it the outline level of a group's rows, and a height where one is needed. */
function writeAttributes(bytes: Buffer, position: number, outlined: boolean, height: number | undefined): number {
  let at = position;
  bytes[at++] = 34;
  if (height !== undefined) at += bytes.write(` ht="${height}"`, at, 'latin1');
  if (outlined) at += bytes.write(OUTLINED, at, 'latin1');
  bytes[at++] = 62;
  return at;
}
