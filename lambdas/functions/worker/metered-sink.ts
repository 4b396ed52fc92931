import { createHash } from 'node:crypto';
import type { ByteSink } from '../../domain/rendering.ts';
import type { Stopwatch } from './stopwatch.ts';

/** Weighs and hashes what passes through, and measures the waiting for the storage behind it. */
export class MeteredSink implements ByteSink {
  readonly #sink: ByteSink;
  readonly #stopwatch: Stopwatch;
  readonly #hash = createHash('sha256');
  #sizeBytes = 0;

  constructor(sink: ByteSink, stopwatch: Stopwatch) {
    this.#sink = sink;
    this.#stopwatch = stopwatch;
  }

  write(chunk: Uint8Array): Promise<void> {
    this.#sizeBytes += chunk.byteLength;
    this.#hash.update(chunk);
    return this.#stopwatch.wait(() => this.#sink.write(chunk));
  }

  /** To be asked once, at the end. */
  facts(): { readonly sizeBytes: number; readonly sha256: string } {
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }
}
