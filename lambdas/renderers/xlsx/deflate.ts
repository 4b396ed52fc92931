import { constants, crc32, deflateRaw, type ZlibOptions } from 'node:zlib';

/** A block ends at the first cell after this many bytes. Blocks of 256 KiB cost 15 % more time, of 4 MiB only memory. */
export const BLOCK_BYTES = 1 << 20;
/** The longest cell: 32,767 characters that each become `&amp;`, and the tags around them. */
const SLACK_BYTES = 1 << 18;
/** How far back deflate can refer to. */
const WINDOW_BYTES = 1 << 15;
/** One is written to while this many are with zlib. More would only cost memory: a Lambda has two vCPUs at best. */
const IN_FLIGHT = 3;

/**
 * Deflates one long stream as blocks side by side on libuv's pool. Each block is given the 32 KiB before it as its
 * dictionary and ends on a byte boundary, so that the results, put together in order, are one deflate stream (as pigz
 * does). The results go to `write` one after the other; its promise is the back-pressure.
 */
export class BlockDeflate {
  readonly #level: number;
  readonly #write: (deflated: Buffer) => Promise<void>;
  readonly #spare: Buffer[] = [];
  readonly #queue: Promise<void>[] = [];
  #window: Buffer | undefined;
  #crc = 0;
  #size = 0;

  /** @param level of zlib, 1 … 9 */
  constructor(level: number, write: (deflated: Buffer) => Promise<void>) {
    this.#level = level;
    this.#write = write;
  }

  /** CRC-32 of all that was pushed. */
  get crc(): number {
    return this.#crc;
  }

  /** Bytes pushed. */
  get size(): number {
    return this.#size;
  }

  /** A buffer to write the next block into: {@link BLOCK_BYTES} and room for one more cell of any length. */
  take(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(BLOCK_BYTES + SLACK_BYTES);
  }

  /** Takes the first `length` bytes of a buffer that {@link take} gave; it must not be touched again. */
  push(buffer: Buffer, length: number, last = false): void {
    const block = buffer.subarray(0, length);
    this.#crc = crc32(block, this.#crc);
    this.#size += length;
    const options = { level: this.#level, finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH };
    const deflated = deflate(block, this.#window, options).then((bytes) => {
      this.#spare.push(buffer);
      return bytes;
    });
    this.#window = block.subarray(Math.max(0, length - WINDOW_BYTES));
    this.#enqueue(deflated);
  }

  /** Settles when another block may be pushed; rejects with whatever went wrong while writing one. */
  async room(): Promise<void> {
    while (this.#queue.length >= IN_FLIGHT) await this.#queue[0];
  }

  /** Settles when everything is written. */
  async drain(): Promise<void> {
    while (this.#queue.length > 0) await this.#queue[0];
  }

  #enqueue(deflated: Promise<Buffer>): void {
    const before = this.#queue.at(-1);
    const written = Promise.all([deflated, before]).then(async ([bytes]) => {
      await this.#write(bytes);
      this.#queue.shift();
    });
    // A failure stays at the head of the queue, where `room` and `drain` meet it; until then it is not unhandled.
    written.catch(() => undefined);
    this.#queue.push(written);
  }
}

function deflate(block: Buffer, window: Buffer | undefined, options: ZlibOptions): Promise<Buffer> {
  const dictionary = window !== undefined && window.length > 0 && { dictionary: window };
  return new Promise((resolve, reject) => {
    deflateRaw(block, { chunkSize: BLOCK_BYTES / 4, ...options, ...dictionary }, (error, bytes) =>
      error === null ? resolve(bytes) : reject(error),
    );
  });
}
