import { gunzipSync, gzipSync } from 'node:zlib';
import { PermanentFailure } from '../../../lambdas/domain/failures.ts';
import type { RequestStore } from '../../../lambdas/domain/ports.ts';
import { BucketState } from './bucket.ts';
import { type Gate, open } from './gate.ts';

/** Large requests in memory, gzipped as the real ones are: what was cut off does not unpack. */
export class MemoryRequestStore implements RequestStore {
  readonly #bucket: BucketState;
  readonly #gate: Gate;

  constructor(bucket = new BucketState(), gate: Gate = open) {
    this.#bucket = bucket;
    this.#gate = gate;
  }

  save(key: string, json: string): Promise<void> {
    const object = { bytes: gzipSync(json, { level: 1 }), contentType: 'application/gzip', metadata: {} };
    return this.#gate('requests.save', () => this.#bucket.put(key, object));
  }

  exists(key: string): Promise<boolean> {
    return this.#gate('requests.exists', () => this.#bucket.objects.has(key));
  }

  async load(key: string): Promise<string> {
    const bytes = await this.#gate('requests.load', () => this.#bucket.objects.get(key)?.bytes);
    if (bytes === undefined) {
      throw new PermanentFailure('REQUEST_LOST', 'The stored request no longer exists.');
    }
    try {
      return gunzipSync(bytes).toString('utf8');
    } catch (cause) {
      throw new PermanentFailure('REQUEST_UNREADABLE', 'The stored request cannot be read.', { cause });
    }
  }
}
