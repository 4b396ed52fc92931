import { RetryableFailure } from '../domain/failures.ts';
import type { BytesProgress } from '../domain/rendering.ts';
import { type DatasetLimits, overLimit, RATIO_FROM } from './limits.ts';

/** The bytes of a file, in order. A chunk belongs to the reader. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** Larger chunks are cut: what is decoded at once, and so a batch of rows, stays small whatever the source of the bytes. */
export const CHUNK_BYTES = 64 * 1024;

/** Counts the stored bytes that went by. */
export class ByteMeter {
  bytesRead = 0;
  readonly bytesTotal: number;

  constructor(bytesTotal: number) {
    this.bytesTotal = bytesTotal;
  }

  progress(): BytesProgress {
    return { bytesRead: this.bytesRead, bytesTotal: this.bytesTotal };
  }
}

/**
 * Passes the stored bytes on, counted, until `signal` aborts.
 * @throws RetryableFailure where the source ends before all bytes have come: a short file must not look like a whole one
 */
export async function* metered(bytes: ByteStream, meter: ByteMeter, signal: AbortSignal): ByteStream {
  for await (const chunk of bytes) {
    signal.throwIfAborted();
    for (let start = 0; start < chunk.byteLength; start += CHUNK_BYTES) {
      const piece = chunk.subarray(start, start + CHUNK_BYTES);
      meter.bytesRead += piece.byteLength;
      yield piece;
    }
  }
  signal.throwIfAborted();
  if (meter.bytesRead === meter.bytesTotal) return;
  const detail = `Only ${meter.bytesRead} of ${meter.bytesTotal} bytes of the dataset arrived.`;
  throw new RetryableFailure('DATASET_INTERRUPTED', detail);
}

/** Passes unpacked bytes on until there are too many of them, by themselves or for what was read. */
export async function* bounded(bytes: ByteStream, meter: ByteMeter, limits: DatasetLimits): ByteStream {
  let unpacked = 0;
  for await (const chunk of bytes) {
    unpacked += chunk.byteLength;
    if (unpacked > limits.bytes) throw overLimit(`The dataset unpacks to more than ${limits.bytes} bytes.`);
    if (unpacked > RATIO_FROM && unpacked > meter.bytesRead * limits.ratio) {
      const detail = `byte ${meter.bytesRead}: the dataset unpacks to more than ${limits.ratio} times its size.`;
      throw overLimit(detail);
    }
    yield chunk;
  }
}
