import { Bytes } from '../bytes.ts';
import type { Line } from '../text/line.ts';

/**
 * The content of one page while it is painted. Areas and text are kept apart, since areas lie below; all text is one
 * text object with relative moves. Coordinates are integers, in tenths of a point from the lower left corner.
 */
export class Canvas {
  readonly areas = new Bytes();
  readonly text = new Bytes(65_536);
  #fill = '';
  #ink = '';
  #font = 0;
  #size = 0;
  #x = 0;
  #y = 0;

  /** Starts the next page. */
  clear(): void {
    this.areas.clear();
    this.text.clear();
    this.#fill = '';
    this.#ink = '';
    this.#font = 0;
    this.#x = 0;
    this.#y = 0;
  }

  /** @param color operands of `rg` */
  area(x: number, y: number, width: number, height: number, color: string): void {
    const { areas } = this;
    if (color !== this.#fill) {
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
    areas.latin1(' re f\n');
  }

  ink(color: string): void {
    if (color === this.#ink) return;
    this.text.latin1(`${color} rg\n`);
    this.#ink = color;
  }

  /** Shows codes of one subset with the baseline's start at `x`, `y`. */
  codes(codes: Uint8Array, start: number, end: number, subset: number, size: number, x: number, y: number): void {
    const { text } = this;
    if (subset !== this.#font || size !== this.#size) this.#select(subset, size);
    text.reserve(64 + end - start);
    this.#move(x, y);
    const { data } = text;
    let at = text.length;
    data[at++] = 40;
    for (let i = start; i < end; i += 1) data[at++] = codes[i] as number;
    data[at++] = 41;
    data[at++] = 84;
    data[at++] = 106;
    data[at++] = 10;
    text.length = at;
  }

  /** Shows a line that was set before. */
  line(line: Line, size: number, x: number, y: number): void {
    if (line.segments.length === 0) return;
    const { text } = this;
    text.reserve(64);
    this.#move(x, y);
    for (const { subset, show } of line.segments) {
      if (subset !== this.#font || size !== this.#size) this.#select(subset, size);
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

  #select(subset: number, size: number): void {
    this.text.latin1(`/F${subset} ${size} Tf\n`);
    this.#font = subset;
    this.#size = size;
  }

  #move(x: number, y: number): void {
    const { text } = this;
    text.int(x - this.#x);
    text.byte(32);
    text.int(y - this.#y);
    text.byte(32);
    text.byte(84);
    text.byte(100);
    this.#x = x;
    this.#y = y;
  }
}

const BEGIN_CELL = Buffer.from('/TD<</MCID ', 'latin1');
const BEGIN_CELL_END = Buffer.from('>>BDC\n', 'latin1');
const END_MARK = Buffer.from('EMC\n', 'latin1');
