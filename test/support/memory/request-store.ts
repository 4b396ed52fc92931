import { PermanentFailure } from '../../../lambdas/domain/failures.ts';
import type { RequestStore } from '../../../lambdas/domain/ports.ts';
import { BucketState } from './bucket.ts';
import { type Gate, open } from './gate.ts';

/** Large requests in memory. */
export class MemoryRequestStore implements RequestStore {
  readonly #bucket: BucketState;
  readonly #gate: Gate;

  constructor(bucket = new BucketState(), gate: Gate = open) {
    this.#bucket = bucket;
    this.#gate = gate;
  }

  save(key: string, json: string): Promise<void> {
    const object = { bytes: Buffer.from(json), contentType: 'application/gzip', metadata: {} };
    return this.#gate('requests.save', () => this.#bucket.put(key, object));
  }

  load(key: string): Promise<string> {
    return this.#gate('requests.load', () => {
      const object = this.#bucket.objects.get(key);
      if (object === undefined) throw new PermanentFailure('REQUEST_LOST', 'The stored request is not there any more.');
      return object.bytes.toString('utf8');
    });
  }
}
