import { deflateSync } from 'node:zlib';
import { Bytes } from '../bytes.ts';
import { BLOCK } from './cross-references.ts';

/** Bytes of objects that are gathered before they are deflated: a reader has to inflate them all for one of them. */
const FULL = 128 * 1024;
const SPACE = 32;
const UP = 2;

/** Where a series gets its numbers, and where its streams go. */
export interface RecordTarget {
  /** The first of {@link BLOCK} numbers in a row. */
  allocate(): number;
  write(entries: string, data: Uint8Array, first: number, count: number): void;
}

/**
 * A series of objects that are written in the order of their numbers, in rows of the same width. Object streams of such
 * rows are filtered by the PNG predictor "up" (ISO 32000-1, 7.4.4.4) before they are deflated: where each row differs
 * from the one above by a digit or two, an object takes a byte in the file instead of ten.
 */
export class RecordStream {
  readonly #width: number;
  readonly #target: RecordTarget;
  readonly #body = new Bytes(FULL);
  readonly #offsets: number[] = [];
  /** Of the object that is written next. */
  #number: number;
  #blockEnd: number;

  /** @param width of a row in bytes, at least 20 */
  constructor(width: number, target: RecordTarget) {
    this.#width = (width + 3) & ~3;
    this.#target = target;
    this.#number = target.allocate();
    this.#blockEnd = this.#number + BLOCK;
  }

  /** The number of the object that {@link begin} begins next. */
  get next(): number {
    return this.#number;
  }

  /** Begins an object; everything that is then written through the result belongs to it, until {@link end}. */
  begin(): Bytes {
    this.#offsets.push(this.#body.length);
    return this.#body;
  }

  /** Fills the object's last row with spaces. */
  end(): void {
    const body = this.#body;
    const over = body.length % this.#width;
    if (over > 0) {
      const rest = this.#width - over;
      body.reserve(rest);
      body.data.fill(SPACE, body.length, body.length + rest);
      body.length += rest;
    }
    this.#number += 1;
    if (this.#number === this.#blockEnd) {
      this.flush();
      this.#number = this.#target.allocate();
      this.#blockEnd = this.#number + BLOCK;
    } else if (body.length >= FULL) {
      this.flush();
    }
  }

  /** Writes what has gathered. */
  flush(): void {
    const count = this.#offsets.length;
    if (count === 0) return;
    const first = this.#number - count;
    const headLength = count * this.#width;
    const entries = `/Type/ObjStm/N ${count}/First ${headLength}/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${this.#width}>>`;
    const deflated = deflateSync(differences(this.#withHead(first), this.#width), { level: 6 });
    this.#target.write(entries, deflated, first, count);
    this.#offsets.length = 0;
    this.#body.clear();
  }

  /** The rows, after a row for each object that says its number and where it begins. */
  #withHead(first: number): Uint8Array {
    const width = this.#width;
    scratch.clear();
    scratch.reserve(this.#offsets.length * width + this.#body.length);
    const rows = scratch;
    this.#offsets.forEach((offset, i) => {
      rows.padded(first + i, 8);
      rows.padded(offset, width - 9);
      rows.byte(SPACE);
    });
    rows.bytes(this.#body.view());
    return rows.view();
  }
}

/** What is here is used up before anything else can run: one for all series saves a megabyte of pages to touch. */
const scratch = new Bytes(0);
let filtered = new Uint8Array(0);

/** Each row as its difference to the row above. @param width a multiple of four */
function differences(rows: Uint8Array, width: number): Uint8Array {
  const count = rows.length / width;
  const size = count * (width + 1);
  if (filtered.length < size) filtered = new Uint8Array(size);
  const out = filtered.subarray(0, size).fill(0);
  out[0] = UP;
  out.set(rows.subarray(0, width), 1);
  // Most of a row is as it was in the row above: four bytes are compared at once, and only what differs is subtracted.
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length / 4);
  const wordsOfRow = width / 4;
  for (let row = 1; row < count; row += 1) {
    const start = row * (width + 1);
    out[start] = UP;
    for (let word = row * wordsOfRow; word < (row + 1) * wordsOfRow; word += 1) {
      if (words[word] === words[word - wordsOfRow]) continue;
      for (let i = 4 * word; i < 4 * word + 4; i += 1) {
        out[start + 1 + i - row * width] = (rows[i] as number) - (rows[i - width] as number);
      }
    }
  }
  return out;
}
