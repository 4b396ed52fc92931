import { deflateSync } from 'node:zlib';
import type { ByteSink } from '../../../domain/rendering.ts';
import { Bytes } from '../bytes.ts';
import { CrossReferences } from './cross-references.ts';
import { RecordStream } from './record-stream.ts';

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
  readonly #references = new CrossReferences();
  readonly #bodies = new Bytes(CHUNK);
  readonly #heads: number[] = [];

  constructor(sink: ByteSink) {
    this.#sink = sink;
    this.#chunk.bytes(HEADER);
  }

  /** Reserves an object number, so that others may refer to an object that is written later. */
  allocate(): number {
    return this.#references.allocate();
  }

  get lastNumber(): number {
    return this.#references.last;
  }

  /** Numbers up to `last` were given out by somebody else. */
  allocateUpTo(last: number): void {
    while (this.lastNumber < last) this.allocate();
  }

  /** Opens a series of objects that are all alike. @param width of a row in bytes */
  records(width: number): RecordStream {
    return new RecordStream(width, {
      allocate: () => this.#references.allocatePacked(),
      write: (entries, data, first, count) => {
        const number = this.allocate();
        this.stream(number, entries, data);
        this.#references.packedInStream(first, count, number);
      },
    });
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
    this.#references.atOffset(number, this.size);
    this.#chunk.latin1(`${number} 0 obj\n<<${dictionary}/Length ${data.length}>>stream\n`);
    this.#chunk.bytes(data);
    this.#chunk.latin1('\nendstream\nendobj\n');
  }

  /** A stream object, deflated here. */
  compressed(number: number, dictionary: string, data: Uint8Array, level = 6): void {
    this.stream(number, `${dictionary}/Filter/FlateDecode`, deflateSync(data, { level, chunkSize: 4096 }));
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
    this.#references.atOffset(number, start);
    const { data, parameters } = await this.#references.deflated();
    this.stream(number, `/Type/XRef/Size ${this.#references.size}${parameters}${trailer}`, data);
    this.#chunk.latin1(`startxref\n${start}\n%%EOF\n`);
    await this.flush();
  }

  #place(number: number): void {
    this.#heads.push(number, this.#bodies.length);
  }

  #closeObjectStream(): void {
    if (this.#heads.length === 0) return;
    const number = this.allocate();
    for (let i = 0; i < this.#heads.length; i += 2) {
      this.#references.inStream(this.#heads[i] as number, number, i / 2);
    }
    const head = `${this.#heads.join(' ')}\n`;
    const data = Buffer.concat([Buffer.from(head, 'latin1'), this.#bodies.view()]);
    const entries = `/Type/ObjStm/N ${this.#heads.length / 2}/First ${head.length}`;
    this.#heads.length = 0;
    this.#bodies.clear();
    this.compressed(number, entries, data);
  }
}
