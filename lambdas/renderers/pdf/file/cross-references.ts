import { createDeflate } from 'node:zlib';

/** Numbers are given out in blocks, so that what a block needs to remember can differ. */
export const BLOCK = 1024;
/** A row of the table: one byte of kind, five of place, two of index. */
const ROW = 8;
const FREE = 65_535;

/** Objects that were written one by one: where each one lies. */
interface Scattered {
  /** The byte offset, or the number of the object stream that holds it. */
  readonly where: Float64Array;
  /** 0 not written, 1 at an offset, 2 + place in its object stream. */
  readonly how: Uint16Array;
}

/** Objects that fill object streams in the order of their numbers: a few facts for a thousand of them. */
interface Packed {
  readonly runs: { readonly from: number; readonly stream: number }[];
  /** Numbers of this block that have been written. */
  written: number;
}

type Block = Scattered | Packed;

/** Which number lies where: what a PDF ends with (ISO 32000-1, 7.5.8). */
export class CrossReferences {
  readonly #blocks: Block[] = [];
  #next = 0;
  #left = 0;

  /** A number for an object of its own. */
  allocate(): number {
    if (this.#left === 0) {
      this.#blocks.push({ where: new Float64Array(BLOCK), how: new Uint16Array(BLOCK) });
      this.#next = (this.#blocks.length - 1) * BLOCK + 1;
      this.#left = BLOCK;
    }
    this.#left -= 1;
    this.#next += 1;
    return this.#next - 1;
  }

  /** The last number of {@link allocate}. */
  get last(): number {
    return this.#next - 1;
  }

  /** {@link BLOCK} numbers in a row, for objects that are packed. @returns the first */
  allocatePacked(): number {
    this.#blocks.push({ runs: [], written: 0 });
    return (this.#blocks.length - 1) * BLOCK + 1;
  }

  get size(): number {
    return this.#blocks.length * BLOCK + 1;
  }

  atOffset(number: number, offset: number): void {
    this.#locate(number, offset, 1);
  }

  inStream(number: number, stream: number, index: number): void {
    this.#locate(number, stream, 2 + index);
  }

  /** `count` packed numbers from `first` on, all of one block, lie in `stream`, in this order. */
  packedInStream(first: number, count: number, stream: number): void {
    const block = this.#blocks[Math.floor((first - 1) / BLOCK)] as Packed;
    block.runs.push({ from: (first - 1) % BLOCK, stream });
    block.written = ((first - 1) % BLOCK) + count;
  }

  #locate(number: number, where: number, how: number): void {
    const block = this.#blocks[Math.floor((number - 1) / BLOCK)] as Scattered;
    block.where[(number - 1) % BLOCK] = where;
    block.how[(number - 1) % BLOCK] = how;
  }

  /** The table, deflated block by block: a million rows are never there at once. */
  async deflated(): Promise<{ data: Uint8Array; parameters: string }> {
    const deflate = createDeflate({ level: 6 });
    const chunks: Buffer[] = [];
    deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
    const done = new Promise<void>((resolve, reject) => {
      deflate.on('end', resolve).on('error', reject);
    });
    const rows = new Rows();
    deflate.write(rows.free());
    for (const block of this.#blocks) {
      const bytes = 'runs' in block ? rows.packed(block) : rows.scattered(block);
      await new Promise<void>((resolve) => deflate.write(bytes, () => resolve()));
    }
    deflate.end();
    await done;
    return {
      data: Buffer.concat(chunks),
      parameters: `/W[1 5 2]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${ROW}>>`,
    };
  }
}

/** Writes rows as their difference to the row above (PNG predictor "up"): they compress to next to nothing. */
class Rows {
  readonly #above = new Uint8Array(ROW);
  readonly #row = new DataView(new ArrayBuffer(ROW));

  /** Object 0, which is always free. */
  free(): Uint8Array {
    const out = new Uint8Array(ROW + 1);
    this.#put(out, 0, { kind: 0, where: 0, index: FREE });
    return out;
  }

  scattered({ where, how }: Scattered): Uint8Array {
    const out = new Uint8Array((ROW + 1) * BLOCK);
    for (let i = 0; i < BLOCK; i += 1) {
      const state = how[i] as number;
      const index = state === 0 ? FREE : state === 1 ? 0 : state - 2;
      this.#put(out, i, { kind: Math.min(state, 2), where: where[i] as number, index });
    }
    return out;
  }

  packed({ runs, written }: Packed): Uint8Array {
    const out = new Uint8Array((ROW + 1) * BLOCK);
    let run = -1;
    for (let i = 0; i < BLOCK; i += 1) {
      if (runs[run + 1]?.from === i) run += 1;
      const { from, stream } = runs[run] ?? { from: 0, stream: 0 };
      this.#put(out, i, i < written ? { kind: 2, where: stream, index: i - from } : { kind: 0, where: 0, index: FREE });
    }
    return out;
  }

  #put(out: Uint8Array, at: number, { kind, where, index }: { kind: number; where: number; index: number }): void {
    const row = this.#row;
    row.setUint8(0, kind);
    row.setUint8(1, Math.floor(where / 2 ** 32));
    row.setUint32(2, where % 2 ** 32);
    row.setUint16(6, index);
    const start = (ROW + 1) * at;
    out[start] = 2;
    for (let i = 0; i < ROW; i += 1) {
      const value = row.getUint8(i);
      out[start + 1 + i] = value - (this.#above[i] as number);
      this.#above[i] = value;
    }
  }
}
