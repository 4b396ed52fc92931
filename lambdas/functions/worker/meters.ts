import { createHash } from 'node:crypto';
import type { ByteSink, RowStream } from '../../domain/rendering.ts';

/** Weighs and hashes what passes through. */
export class MeteredSink implements ByteSink {
  readonly #sink: ByteSink;
  readonly #hash = createHash('sha256');
  #sizeBytes = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  write(chunk: Uint8Array): Promise<void> {
    this.#sizeBytes += chunk.byteLength;
    this.#hash.update(chunk);
    return this.#sink.write(chunk);
  }

  /** To be asked once, at the end. */
  facts(): { readonly sizeBytes: number; readonly sha256: string } {
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }
}

/** Counts the rows that a renderer is given, to be compared with those that it says it wrote. */
export async function* countRows(batches: RowStream, read: { rows: number }): RowStream {
  for await (const batch of batches) {
    read.rows += batch.length;
    yield batch;
  }
}
