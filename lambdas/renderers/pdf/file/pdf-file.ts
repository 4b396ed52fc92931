import { deflateSync } from 'node:zlib';
import type { ByteSink } from '../../renderer.ts';
import { Bytes } from '../bytes.ts';

const CHUNK = 64 * 1024;
/** Objects per object stream: more compress better, but a viewer has to inflate the whole stream for one of them. */
const OBJECTS_PER_STREAM = 200;
const HEADER = new Uint8Array([...Buffer.from('%PDF-1.7\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 10]);

/**
 * Writes the objects of a PDF one after another and lets go of them: what stays in memory is where each one lies.
 * Streams go out at once; all other objects are gathered into compressed object streams (ISO 32000-1, 7.5.7), and the
 * file ends with a cross-reference stream.
 */
export class PdfFile {
  readonly #sink: ByteSink;
  #chunk = new Bytes(CHUNK * 2);
  #sent = 0;
  #count = 0;
  /** By object number: the byte offset, or the number of the object stream that holds it. */
  #where = new Float64Array(1024);
  /** By object number: 0 not written, 1 at an offset, 2 + place in its object stream. */
  #how = new Uint16Array(1024);
  readonly #bodies = new Bytes(CHUNK);
  readonly #heads: number[] = [];

  constructor(sink: ByteSink) {
    this.#sink = sink;
    this.#chunk.bytes(HEADER);
  }

  /** Reserves an object number, so that others may refer to an object that is written later. */
  allocate(): number {
    this.#count += 1;
    if (this.#count >= this.#where.length) this.#grow();
    return this.#count;
  }

  get lastNumber(): number {
    return this.#count;
  }

  /** Numbers up to `last` were given out by somebody else. */
  allocateUpTo(last: number): void {
    while (this.#count < last) this.allocate();
  }

  get size(): number {
    return this.#sent + this.#chunk.length;
  }

  /** Any object that is not a stream. @param body of characters below U+0100 */
  object(number: number, body: string): void {
    this.#place(number);
    this.#bodies.latin1(body);
    this.#bodies.reserve(1);
    this.#bodies.byte(10);
    if (this.#heads.length >= 2 * OBJECTS_PER_STREAM) this.#closeObjectStream();
  }

  /** A stream object, stored as it is. @param dictionary its entries without `/Length` */
  stream(number: number, dictionary: string, data: Uint8Array): void {
    this.#locate(number, this.size, 1);
    this.#chunk.latin1(`${number} 0 obj\n<<${dictionary}/Length ${data.length}>>stream\n`);
    this.#chunk.bytes(data);
    this.#chunk.latin1('\nendstream\nendobj\n');
  }

  /** A stream object, deflated here. */
  compressed(number: number, dictionary: string, data: Uint8Array, level = 6): void {
    this.stream(number, `${dictionary}/Filter/FlateDecode`, deflateSync(data, { level }));
  }

  /** True when enough has gathered for {@link flush}. */
  get isFull(): boolean {
    return this.#chunk.length >= CHUNK;
  }

  /** Hands what has gathered to the sink and waits until it has room for more. */
  async flush(): Promise<void> {
    const chunk = this.#chunk.view();
    if (chunk.length === 0) return;
    this.#sent += chunk.length;
    this.#chunk = new Bytes(CHUNK * 2);
    await this.#sink.write(chunk);
  }

  /** @param trailer entries `/Root`, `/Info`, `/ID` */
  async finish(trailer: string): Promise<void> {
    this.#closeObjectStream();
    const number = this.allocate();
    const start = this.size;
    this.#locate(number, start, 1);
    const table = this.#crossReferences();
    const entries = `/Type/XRef/Size ${this.#count + 1}/W[1 5 2]/DecodeParms<</Predictor 12/Columns 8>>${trailer}`;
    this.stream(number, `${entries}/Filter/FlateDecode`, deflateSync(table, { level: 6 }));
    this.#chunk.latin1(`startxref\n${start}\n%%EOF\n`);
    await this.flush();
  }

  #grow(): void {
    const where = new Float64Array(this.#where.length * 2);
    where.set(this.#where);
    this.#where = where;
    const how = new Uint16Array(this.#how.length * 2);
    how.set(this.#how);
    this.#how = how;
  }

  #locate(number: number, where: number, how: number): void {
    this.#where[number] = where;
    this.#how[number] = how;
  }

  #place(number: number): void {
    this.#heads.push(number, this.#bodies.length);
  }

  #closeObjectStream(): void {
    if (this.#heads.length === 0) return;
    const number = this.allocate();
    for (let i = 0; i < this.#heads.length; i += 2) this.#locate(this.#heads[i] as number, number, 2 + i / 2);
    const head = `${this.#heads.join(' ')}\n`;
    const data = Buffer.concat([Buffer.from(head, 'latin1'), this.#bodies.view()]);
    const entries = `/Type/ObjStm/N ${this.#heads.length / 2}/First ${head.length}`;
    this.#heads.length = 0;
    this.#bodies.clear();
    this.compressed(number, entries, data);
  }

  /** Rows of 1 + 5 + 2 bytes, each as its difference to the row above (PNG predictor "up"): they compress to little. */
  #crossReferences(): Uint8Array {
    const width = 8;
    const plain = new DataView(new ArrayBuffer(width * (this.#count + 2)));
    const out = new Uint8Array((width + 1) * (this.#count + 1));
    for (let number = 0; number <= this.#count; number += 1) {
      const row = width * (number + 1);
      const how = this.#how[number] as number;
      const where = this.#where[number] as number;
      plain.setUint8(row, how === 0 ? 0 : how === 1 ? 1 : 2);
      plain.setUint8(row + 1, Math.floor(where / 2 ** 32));
      plain.setUint32(row + 2, where % 2 ** 32);
      plain.setUint16(row + 6, how === 0 ? 65_535 : how === 1 ? 0 : how - 2);
      out[(width + 1) * number] = 2;
      for (let i = 0; i < width; i += 1) {
        out[(width + 1) * number + 1 + i] = plain.getUint8(row + i) - plain.getUint8(row - width + i);
      }
    }
    return out;
  }
}
