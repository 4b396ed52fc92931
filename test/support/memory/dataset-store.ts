import { createHash } from 'node:crypto';
import type { DatasetVersion, StoredBytes, StoredDataset } from '../../../lambdas/domain/dataset.ts';
import { PermanentFailure } from '../../../lambdas/domain/failures.ts';
import type { DatasetStore, UploadLink, UploadLinks } from '../../../lambdas/domain/ports.ts';
import { BucketState } from './bucket.ts';
import { type Gate, open } from './gate.ts';

/** Bytes of a stream that come at once: few, so that something can happen between two of them. */
const RANGE_BYTES = 64;

/** Uploads a file as a client does, over whatever stood there. */
export function upload(bucket: BucketState, key: string, bytes: Uint8Array | string, now: number): void {
  const metadata = { 'uploaded-at': String(now) };
  bucket.put(key, { bytes: Buffer.from(bytes), contentType: 'application/octet-stream', metadata });
}

/** Uploaded files in memory, each read in the version that is asked for. */
export class MemoryDatasetStore implements DatasetStore {
  readonly #bucket: BucketState;
  readonly #gate: Gate;
  readonly #isCutShort: () => boolean;

  /** @param isCutShort asked before each piece of a stream: whether it ends there, as if that were all */
  constructor(bucket = new BucketState(), gate: Gate = open, isCutShort = () => false) {
    this.#bucket = bucket;
    this.#gate = gate;
    this.#isCutShort = isCutShort;
  }

  inspect(key: string): Promise<StoredDataset | undefined> {
    return this.#gate('datasets.inspect', () => {
      const object = this.#bucket.objects.get(key);
      if (object === undefined) return undefined;
      const uploadedAt = Number(object.metadata['uploaded-at']);
      return { etag: etagOf(object.bytes), sizeBytes: object.bytes.byteLength, uploadedAt };
    });
  }

  open(key: string, { etag, sizeBytes }: DatasetVersion): StoredBytes {
    const slice = async (start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> => {
      signal.throwIfAborted();
      const bytes = await this.#gate('datasets.read', () => this.#bucket.objects.get(key)?.bytes);
      signal.throwIfAborted();
      if (bytes === undefined) {
        throw new PermanentFailure('DATASET_GONE', 'The dataset was removed after the request was accepted.');
      }
      if (etagOf(bytes) !== etag) {
        throw new PermanentFailure('DATASET_CHANGED', 'The dataset was replaced after the request was accepted.');
      }
      return Uint8Array.from(bytes.subarray(start, end));
    };
    const isCutShort = this.#isCutShort;
    return {
      sizeBytes,
      slice,
      async *stream(signal) {
        for (let start = 0; start < sizeBytes && !isCutShort(); start += RANGE_BYTES) {
          yield await slice(start, Math.min(start + RANGE_BYTES, sizeBytes), signal);
        }
      },
    };
  }
}

function etagOf(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

/** Links that name their object. */
export class MemoryUploadLinks implements UploadLinks {
  async signUpload(key: string, sizeBytes: number | undefined): Promise<UploadLink> {
    const headers: Record<string, string> = sizeBytes === undefined ? {} : { 'Content-Length': String(sizeBytes) };
    return { url: `https://bucket.example/${key}`, headers, expiresAt: new Date(0).toISOString() };
  }
}
