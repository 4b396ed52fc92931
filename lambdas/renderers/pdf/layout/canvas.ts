import { Bytes } from '../bytes.ts';
import type { Line } from '../text/line.ts';

/** Where a row's text has come to after the line was moved, or another size chosen: an integer, since `NaN` is slow. */
const LOST = -(2 ** 30);

/**
 * The content of one page while it is painted. Areas and text are kept apart, since areas lie below; all text is one
 * text object with relative moves. Coordinates are in tenths of a point from the lower left corner.
 */
export class Canvas {
  readonly areas = new Bytes();
  readonly text = new Bytes(65_536);
  #fill = '';
  /** Whether there are areas of this colour that are not yet filled. */
  #isDrawn = false;
  #ink = '';
  #font = 0;
  #size = 0;
  /** Where the line of text begins, to which moves are relative. */
  #x = 0;
  #y = 0;
  /** How far down the last move went that told so: what `T*` repeats. */
  #leading = 0;
  #rowX = 0;
  #rowY = 0;
  /** Where the row's text has come to, from its left edge in 1/1000 em; or {@link LOST}. */
  #pen = LOST;
  /** Whether a `TJ` array is being written. */
  #isOpen = false;

  /** Starts the next page. */
  clear(): void {
    this.areas.clear();
    this.text.clear();
    this.#fill = '';
    this.#isDrawn = false;
    this.#ink = '';
    this.#font = 0;
    this.#x = 0;
    this.#y = 0;
    this.#leading = 0;
    this.#pen = LOST;
    this.#isOpen = false;
  }

  /** @param color operands of `rg` */
  area(x: number, y: number, width: number, height: number, color: string): void {
    const { areas } = this;
    if (color !== this.#fill) {
      this.fill();
      areas.latin1(`${color} rg\n`);
      this.#fill = color;
    }
    areas.reserve(64);
    areas.int(x);
    areas.byte(32);
    areas.int(y);
    areas.byte(32);
    areas.int(width);
    areas.byte(32);
    areas.int(height);
    areas.short(RECTANGLE);
    this.#isDrawn = true;
  }

  /** Fills the areas of the present colour, before another or anything else. */
  fill(): void {
    if (this.#isDrawn) this.areas.latin1('f\n');
    this.#isDrawn = false;
  }

  ink(color: string): void {
    if (color === this.#ink) return;
    this.close();
    this.text.latin1(`${color} rg\n`);
    this.#ink = color;
  }

  /** Shows cell `i` of the row by a move and an operator of its own. @param x where its text begins */
  lone(cells: Cells, i: number, x: number, size: number): void {
    const { text } = this;
    this.#choose(cells.subsets[i] as number, size);
    text.reserve(64);
    this.#move(x, this.#rowY);
    this.#codes(cells, i);
    text.byte(84);
    text.byte(106);
    text.byte(10);
  }

  /** Begins a row. @param x its left edge @param y its baseline */
  row(x: number, y: number): void {
    this.close();
    this.#rowX = x;
    this.#rowY = y;
  }

  /**
   * The same with the row's other cells in one operator, and the moves between them: shorter, and soon deflated, but a
   * cell cannot be marked as an element of the structure.
   * @param start where its text begins, from the row's left edge in 1/1000 em: an integer
   */
  cell(cells: Cells, i: number, start: number, size: number): void {
    const { text } = this;
    this.#choose(cells.subsets[i] as number, size);
    text.reserve(64);
    if (!this.#isOpen) this.#open();
    if (start !== this.#pen) text.int(this.#pen - start);
    this.#pen = start + (cells.widths[i] as number);
    this.#codes(cells, i);
  }

  /** Ends the operator that shows a row's cells, before anything else is written. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { text } = this;
    text.reserve(4);
    text.byte(93);
    text.byte(84);
    text.byte(74);
    text.byte(10);
  }

  /** Shows a line that was set before. */
  line(line: Line, size: number, x: number, y: number): void {
    if (line.segments.length === 0) return;
    const { text } = this;
    this.close();
    text.reserve(64);
    this.#move(x, y);
    for (const { subset, show } of line.segments) {
      this.#choose(subset, size);
      text.bytes(show);
      text.reserve(1);
      text.byte(10);
    }
  }

  /** Begins marked content of a structure element. @param id the content's identifier in its page */
  beginMark(role: string, id: number): void {
    this.text.latin1(`/${role}<</MCID ${id}>>BDC\n`);
  }

  /** The same for a data cell: there are as many of them as cells. */
  beginCell(id: number): void {
    const { text } = this;
    text.reserve(BEGIN_CELL.length + 20);
    text.short(BEGIN_CELL);
    text.int(id);
    text.short(BEGIN_CELL_END);
  }

  /** Begins what is not part of the content: decoration, or a header that is repeated. */
  beginArtifact(properties = ''): void {
    this.text.latin1(properties === '' ? '/Artifact BMC\n' : `/Artifact<<${properties}>>BDC\n`);
  }

  endMark(): void {
    this.text.reserve(END_MARK.length);
    this.text.short(END_MARK);
  }

  /** Writes a string, with room for an operator after it. */
  #codes({ codes, starts, ends }: Cells, i: number): void {
    const { text } = this;
    const [start, end] = [starts[i] as number, ends[i] as number];
    text.reserve(64 + end - start);
    const { data } = text;
    let at = text.length;
    data[at++] = 40;
    for (let from = start; from < end; from += 1) data[at++] = codes[from] as number;
    data[at++] = 41;
    text.length = at;
  }

  #choose(subset: number, size: number): void {
    if (subset === this.#font && size === this.#size) return;
    this.close();
    if (size !== this.#size) this.#pen = LOST;
    this.text.latin1(`/F${subset} ${size} Tf\n`);
    this.#font = subset;
    this.#size = size;
  }

  /** Begins an array at the row's left edge, or where its text has come to. */
  #open(): void {
    const { text } = this;
    if (this.#pen === LOST || this.#y !== this.#rowY) {
      const down = this.#y - this.#rowY;
      if (this.#x === this.#rowX && down === this.#leading && down !== 0) {
        text.byte(84);
        text.byte(42);
      } else {
        this.#move(this.#rowX, this.#rowY, MOVE_AND_SET_LEADING);
        this.#leading = down;
      }
      this.#x = this.#rowX;
      this.#y = this.#rowY;
      this.#pen = 0;
    }
    text.byte(91);
    this.#isOpen = true;
  }

  #move(x: number, y: number, operator = MOVE): void {
    const { text } = this;
    text.int(x - this.#x);
    text.byte(32);
    text.int(y - this.#y);
    text.byte(32);
    text.byte(84);
    text.byte(operator);
    this.#x = x;
    this.#y = y;
    this.#pen = LOST;
  }
}

/** The cells of a row that are codes of one subset each, by column. */
export interface Cells {
  readonly codes: Uint8Array;
  /** Where in {@link codes} a cell begins and ends. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** In 1/1000 em. */
  readonly widths: Int32Array;
  readonly subsets: Int32Array;
}

/** The second letters of `Td` and `TD`. */
const MOVE = 100;
const MOVE_AND_SET_LEADING = 68;

const RECTANGLE = Buffer.from(' re\n', 'latin1');
const BEGIN_CELL = Buffer.from('/TD<</MCID ', 'latin1');
const BEGIN_CELL_END = Buffer.from('>>BDC\n', 'latin1');
const END_MARK = Buffer.from('EMC\n', 'latin1');
