import type { Cell } from '../../domain/cells.ts';
import type { Row } from '../../domain/rendering.ts';
import { MARKUP, MAX_CELL_LENGTH, PLAIN, SPECIAL, UNDERSCORE, writeEntity } from './cell-text.ts';

/** Rows are encoded together until they have as many UTF-16 units: few enough to stay in the processor's cache. */
const CHUNK_UNITS = 1 << 14;
/** U+0000 may stand in no cell, so it can end each. */
const END = '\0';

/** Whether a cell of a text column is among the {@link RowTexts}. */
export function isBatched(cell: Cell | undefined): cell is string {
  return typeof cell === 'string' && cell.length > 0 && cell.length <= MAX_CELL_LENGTH;
}

/**
 * The texts of the next rows as UTF-8, one after the other. To encode them together and copy bytes is three times as
 * fast as to ask each string for each of its characters, above all where strings were put together and are still ropes.
 */
export class RowTexts {
  bytes: Uint8Array = new Uint8Array(CHUNK_UNITS);
  /** Where the next text starts. */
  position = 0;
  readonly #columns: readonly number[];
  readonly #encoder = new TextEncoder();
  #rows: readonly Row[] = [];
  /** The row that is expected next: a stream may well give the same batch again. */
  #next = 0;
  #end = 0;

  /** @param columns positions of the columns that hold text */
  constructor(columns: readonly number[]) {
    this.#columns = columns;
  }

  /** Makes the texts of a row the next ones. Rows of a batch must come in order. */
  ready(rows: readonly Row[], index: number): void {
    if (index >= this.#end || index !== this.#next || rows !== this.#rows) this.#fill(rows, index);
    this.#next = index + 1;
  }

  #fill(rows: readonly Row[], from: number): void {
    const columns = this.#columns;
    const texts: string[] = [];
    let units = 0;
    let end = from;
    for (; end < rows.length && units < CHUNK_UNITS; end += 1) {
      const row = rows[end] as Row;
      for (let c = 0; c < columns.length; c += 1) {
        const cell = row[columns[c] as number];
        if (!isBatched(cell)) continue;
        texts.push(cell);
        units += cell.length + 1;
      }
    }
    // The last one is ended like the others.
    texts.push('');
    if (this.bytes.length < units * 3) this.bytes = new Uint8Array(units * 3);
    this.#encoder.encodeInto(texts.join(END), this.bytes);
    this.position = 0;
    this.#rows = rows;
    this.#end = end;
  }

  /** Goes on to the text after `text`, whatever stands in it. */
  skip(text: string): void {
    let at = this.position;
    for (let units = 0; units < text.length; ) {
      const byte = this.bytes[at] as number;
      at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      units += byte < 0xf0 ? 1 : 2;
    }
    this.position = at + 1;
  }
}

/**
 * Copies the next text, escaped for XML, and goes on to the one after it.
 * @param bytes must have room for the text and 6 bytes per unit
 * @param text the same as a string
 * @returns the position after it, or -1 when it must go through `safeText` (see `writeText`)
 */
export function copyText(texts: RowTexts, bytes: Uint8Array, position: number, text: string): number {
  const source = texts.bytes;
  let from = texts.position;
  let at = position;
  // Readers may trim a value that starts or ends in a space.
  let rare = (source[from] as number) <= 32;
  /** Bytes beyond one per UTF-16 unit. */
  let extra = 0;
  while (!rare) {
    const byte = source[from++] as number;
    const special = SPECIAL[byte];
    if (special === PLAIN) {
      bytes[at++] = byte;
    } else if (byte === 0) {
      break;
    } else if (byte >= 0xc0) {
      const more = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      extra += more === 3 ? 2 : more;
      // U+FFFD … U+FFFF: what XML forbids, or half a pair that was replaced.
      rare = byte === 0xef && source[from] === 0xbf && (source[from + 1] as number) >= 0xbd;
      bytes[at++] = byte;
      for (let i = 0; i < more; i += 1) bytes[at++] = source[from++] as number;
    } else if (special === MARKUP) {
      at = writeEntity(bytes, at, byte);
    } else if (special === UNDERSCORE && ((source[from] as number) | 32) !== 120) {
      bytes[at++] = byte;
    } else {
      rare = true;
    }
  }
  // Any other length means that the text itself held the end sign.
  if (rare || from - 1 - texts.position - extra !== text.length || (source[from - 2] as number) <= 32) {
    texts.skip(text);
    return -1;
  }
  texts.position = from;
  return at;
}
