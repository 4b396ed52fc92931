import { BLOCK_BYTES, type BlockDeflate } from './deflate.ts';

/**
 * The XML of one sheet on its way to deflate. The hot loop writes to `bytes` and `view` at `position` itself and calls
 * {@link turn} once per cell; everything else goes through {@link text}.
 */
export class XmlBlocks {
  bytes: Buffer;
  /** On the same memory as `bytes`. */
  view: DataView;
  position = 0;
  readonly #deflate: BlockDeflate;

  constructor(deflate: BlockDeflate) {
    this.#deflate = deflate;
    this.bytes = deflate.take();
    this.view = viewOf(this.bytes);
  }

  /** Bytes written so far, whether handed over or not. */
  get written(): number {
    return this.#deflate.size + this.position;
  }

  /** Hands the block over when it is full. Room for one cell of any length is there afterwards. */
  turn(): boolean {
    if (this.position < BLOCK_BYTES) return false;
    this.#deflate.push(this.bytes, this.position);
    this.bytes = this.#deflate.take();
    this.view = viewOf(this.bytes);
    this.position = 0;
    return true;
  }

  /** Writes XML of any length. */
  text(xml: string): void {
    const encoded = Buffer.from(xml);
    for (let from = 0; from < encoded.length; ) {
      const end = Math.min(encoded.length, from + BLOCK_BYTES - Math.min(this.position, BLOCK_BYTES - 1));
      this.position += encoded.copy(this.bytes, this.position, from, end);
      from = end;
      this.turn();
    }
  }

  /** Hands over the rest as the last block of the stream. */
  finish(): void {
    this.#deflate.push(this.bytes, this.position, true);
    this.position = 0;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
