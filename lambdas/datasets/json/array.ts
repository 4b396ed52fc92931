import { isNoDouble, parseExactly } from '../../domain/exact-json.ts';
import { PermanentFailure } from '../../domain/failures.ts';
import type { ByteStream } from '../bytes.ts';
import { joined } from '../compression.ts';
import { type DatasetLimits, malformed, overLimit } from '../limits.ts';
import type { Batch } from '../records.ts';
import { isRecord } from './record.ts';
import type { JsonRecord } from './shape.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MARK = [0xef, 0xbb, 0xbf];

/**
 * The rows of one JSON array of objects or arrays. The bytes are cut at the commas of the array, and each element is
 * parsed by itself: a file of gigabytes takes the memory of its largest element.
 * @throws PermanentFailure that names the element (from 1) and the byte
 */
export async function* jsonArrayRecords(bytes: ByteStream, limits: DatasetLimits): AsyncGenerator<Batch<JsonRecord>> {
  const scanner = new ArrayScanner(limits);
  for await (const chunk of bytes) yield scanner.push(chunk);
  scanner.end();
}

class ArrayScanner {
  readonly #limits: DatasetLimits;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Bytes before the chunk at hand. */
  #offset = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #closed = false;
  /** Bytes of an element that goes on in the next chunk. */
  #rest: Uint8Array = new Uint8Array(0);
  #elements = 0;
  #records: JsonRecord[] = [];
  #numbers: number[] = [];

  constructor(limits: DatasetLimits) {
    this.#limits = limits;
  }

  /** Longer than other functions: one loop over every byte, its state in local variables. */
  push(chunk: Uint8Array): Batch<JsonRecord> {
    this.#records = [];
    this.#numbers = [];
    if (this.#closed) {
      this.#refuseMore(chunk, 0);
      this.#offset += chunk.byteLength;
      return { records: this.#records, lines: this.#numbers };
    }
    let { start, at } = this.#depth === 0 ? this.#opened(chunk) : { start: 0, at: 0 };
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    for (; at < chunk.byteLength && !this.#closed; at += 1) {
      const byte = chunk[at] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) {
        inString = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        depth += 1;
        if (depth > this.#limits.jsonDepth + 1) throw this.#tooDeep(at);
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        depth -= 1;
        if (depth > 0) continue;
        if (byte === CLOSE_OBJECT) throw malformed(`byte ${this.#offset + at} closes an object that is not open.`);
        this.#element(chunk.subarray(start, at), at, true);
        this.#closed = true;
        start = at + 1;
      } else if (byte === COMMA && depth === 1) {
        this.#element(chunk.subarray(start, at), at, false);
        start = at + 1;
      }
    }
    if (this.#closed) this.#refuseMore(chunk.subarray(start), start);
    else if (depth > 0) this.#keep(chunk.subarray(start));
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    this.#offset += chunk.byteLength;
    return { records: this.#records, lines: this.#numbers };
  }

  /** @throws PermanentFailure where the array is not closed */
  end(): void {
    if (this.#closed) return;
    const where = `byte ${this.#offset}: the file ends`;
    const detail = this.#depth === 0 ? `${where} without an array.` : `${where} in element ${this.#elements + 1}.`;
    throw new PermanentFailure('DATASET_TRUNCATED', detail);
  }

  /** Passes a byte order mark and blanks, up to and with the bracket that opens the array. */
  #opened(chunk: Uint8Array): { start: number; at: number } {
    for (let at = 0; at < chunk.byteLength; at += 1) {
      const byte = chunk[at] as number;
      if (byte === OPEN_ARRAY) {
        this.#depth = 1;
        return { start: at + 1, at: at + 1 };
      }
      if (isBlank(byte) || MARK[this.#offset + at] === byte) continue;
      throw malformed(`byte ${this.#offset + at}: a JSON dataset is an array and starts with "[".`);
    }
    return { start: chunk.byteLength, at: chunk.byteLength };
  }

  #keep(tail: Uint8Array): void {
    this.#rest = this.#rest.byteLength === 0 ? tail.slice() : joined(this.#rest, tail);
    this.#checkLength(this.#rest);
  }

  #element(tail: Uint8Array, at: number, isLast: boolean): void {
    const bytes = this.#rest.byteLength === 0 ? tail : joined(this.#rest, tail);
    this.#rest = new Uint8Array(0);
    this.#checkLength(bytes);
    if (isLast && this.#elements === 0 && bytes.every(isBlank)) return;
    this.#elements += 1;
    const place = `element ${this.#elements}, before byte ${this.#offset + at},`;
    const value = this.#parsed(bytes, place);
    if (!isRecord(value, this.#limits.jsonDepth, place)) throw malformed(`${place} is neither an object nor an array.`);
    this.#records.push(value);
    this.#numbers.push(this.#elements);
  }

  #parsed(bytes: Uint8Array, place: string): unknown {
    let text: string;
    try {
      text = this.#decoder.decode(bytes);
    } catch (cause) {
      throw new PermanentFailure('DATASET_ENCODING', `${place} is not UTF-8.`, { cause });
    }
    try {
      return parseExactly(text, isNoDouble);
    } catch (cause) {
      throw malformed(`${place} is not JSON.`, { cause });
    }
  }

  #checkLength(bytes: Uint8Array): void {
    const { recordLength } = this.#limits;
    if (bytes.byteLength <= recordLength) return;
    throw overLimit(`element ${this.#elements + 1} is longer than ${recordLength} bytes.`);
  }

  #tooDeep(at: number): PermanentFailure {
    return overLimit(`byte ${this.#offset + at} is nested deeper than ${this.#limits.jsonDepth} levels.`);
  }

  #refuseMore(tail: Uint8Array, start: number): void {
    const more = tail.findIndex((byte) => !isBlank(byte));
    if (more >= 0) throw malformed(`byte ${this.#offset + start + more}: there is data after the array.`);
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
