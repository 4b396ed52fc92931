import type { Line } from '../text/line.ts';
import type { NumberSetter } from '../text/number-setter.ts';
import { flatText } from '../text/paragraphs.ts';
import type { Typeface } from '../text/typeface.ts';
import { NOT_PLAIN, type Typesetter } from '../text/typesetter.ts';
import type { SetColumn } from './table-columns.ts';

/** What is longer is no amount, whatever its column says. */
const LONGEST_UNBROKEN = 60;

/** Ten digits, four signs between them, a decimal sign and a minus. */
const NUMBER_ROOM = 16;

/**
 * The cells of one row, set and not yet painted. Most cells are a few codes of one subset: those stay in the
 * typesetter's buffer, and only where each begins and ends is noted here.
 */
export class RowSetter {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly widths: Int32Array;
  readonly subsets: Int32Array;
  /** Of the table's font size, at most 1. */
  readonly scales: Float64Array;
  /** Where a cell is more than that: its lines. */
  readonly lines: (readonly Line[] | undefined)[];
  /** Lines of the row's tallest cell. */
  height = 1;
  readonly #columns: readonly SetColumn[];
  readonly #setter: Typesetter;

  constructor(columns: readonly SetColumn[], setter: Typesetter) {
    this.#columns = columns;
    this.#setter = setter;
    this.starts = new Int32Array(columns.length);
    this.ends = new Int32Array(columns.length);
    this.widths = new Int32Array(columns.length);
    this.subsets = new Int32Array(columns.length);
    this.scales = new Float64Array(columns.length).fill(1);
    this.lines = new Array(columns.length);
  }

  /** Where {@link starts} and {@link ends} point. */
  get codes(): Uint8Array {
    return this.#setter.codes;
  }

  begin(): void {
    this.#setter.restart();
    this.height = 1;
  }

  /** Drops lines beyond `height`. */
  cut(height: number): void {
    if (this.height <= height) return;
    this.height = height;
    for (let i = 0; i < this.lines.length; i += 1) this.lines[i] = this.lines[i]?.slice(0, height);
  }

  /** @returns whether the number could be set without being written as text first, and has room */
  setNumber(column: number, value: number, numbers: NumberSetter): boolean {
    const setter = this.#setter;
    const end = setter.at + NUMBER_ROOM;
    if (end > setter.codes.length) return false;
    const start = numbers.set(value, setter.codes, end);
    if (start < 0 || numbers.width > (this.#columns[column] as SetColumn).room) return false;
    setter.at = end;
    this.starts[column] = start;
    this.ends[column] = end;
    this.lines[column] = undefined;
    this.widths[column] = numbers.width;
    this.subsets[column] = numbers.subset;
    this.scales[column] = 1;
    return true;
  }

  set(column: number, text: string, typeface: Typeface): void {
    this.#set(column, text, typeface, (this.#columns[column] as SetColumn).room);
  }

  /** Sets a text that may reach over the empty cells up to column `end`. */
  setOver(column: number, end: number, text: string, typeface: Typeface): void {
    const { align, left, right, room } = this.#columns[column] as SetColumn;
    const last = this.#columns[end - 1] as SetColumn;
    const reach = align === 'left' ? last.right - left : align === 'right' ? right - last.left : right - left;
    this.#set(column, text, typeface, Math.max(room, (room * reach) / (right - left)));
  }

  #set(column: number, text: string, typeface: Typeface, room: number): void {
    const setter = this.#setter;
    const start = setter.at;
    const width = text === '' ? 0 : setter.encode(text, typeface);
    this.starts[column] = start;
    this.ends[column] = setter.at;
    this.lines[column] = undefined;
    if (width !== NOT_PLAIN && (width <= room || this.#isUnbroken(column, text))) {
      this.widths[column] = width;
      this.subsets[column] = setter.subset;
      this.scales[column] = scaleFor(width, room);
      return;
    }
    this.ends[column] = start;
    this.#setLines(column, text, typeface, room);
  }

  #setLines(column: number, text: string, typeface: Typeface, room: number): void {
    const setter = this.#setter;
    const { wrap } = this.#columns[column] as SetColumn;
    if (this.#isUnbroken(column, text)) {
      const line = setter.line(flatText(text), typeface);
      this.lines[column] = [line];
      this.scales[column] = scaleFor(line.width, room);
      return;
    }
    const lines = wrap ? setter.wrapped(text, typeface, room) : [setter.fitted(text, typeface, room)];
    this.lines[column] = lines;
    this.scales[column] = 1;
    if (lines.length > this.height) this.height = lines.length;
  }

  /** An amount, a date: in two lines it would be two. Text that stands where one was expected is text. */
  #isUnbroken(column: number, text: string): boolean {
    const { breaks } = this.#columns[column] as SetColumn;
    return !breaks && text.length <= LONGEST_UNBROKEN && /\p{Nd}/u.test(text) && !/\p{L}{4}/u.test(text);
  }
}

/** What is longer than the sample led to expect is painted smaller. */
function scaleFor(width: number, room: number): number {
  return width <= room ? 1 : room / width;
}
