import { createHash } from 'node:crypto';
import type { ByteSink } from '../../domain/rendering.ts';

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
