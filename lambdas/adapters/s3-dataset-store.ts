import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { DatasetVersion, StoredBytes, StoredDataset } from '../domain/dataset.ts';
import { PermanentFailure } from '../domain/failures.ts';
import type { DatasetStore } from '../domain/ports.ts';
import { rethrow, tellOutages } from './outages.ts';

/**
 * A stream is read by ranges of so many bytes, one ahead: a single answer would have to stay open for as long as the rows
 * take to be rendered, and would be lost whole when it breaks off.
 */
const RANGE_BYTES = 4 * 1024 * 1024;

/** Uploaded files in the bucket, each read in the version that a request was accepted with. */
export class S3DatasetStore implements DatasetStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = tellOutages(client);
    this.#bucket = bucket;
  }

  async inspect(key: string): Promise<StoredDataset | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      const { ETag: etag = '', VersionId: versionId, ContentLength: sizeBytes = 0, LastModified } = head;
      return { etag, versionId, sizeBytes, uploadedAt: LastModified?.getTime() ?? 0 };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  open(key: string, version: DatasetVersion): StoredBytes {
    const slice = (start: number, end: number, signal: AbortSignal) =>
      this.#range(key, version, { start, end, signal });
    return { sizeBytes: version.sizeBytes, slice, stream: (signal) => ranges(version.sizeBytes, slice, signal) };
  }

  async #range(key: string, { etag, versionId }: DatasetVersion, { start, end, signal }: Range) {
    const target = { Bucket: this.#bucket, Key: key, VersionId: versionId, IfMatch: etag };
    // An empty file has no range.
    const Range = end > start ? `bytes=${start}-${end - 1}` : undefined;
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ ...target, Range }), { abortSignal: signal });
      // The body may break off after the answer has begun.
      return Uint8Array.from((await Body?.transformToByteArray()) ?? []);
    } catch (error) {
      signal.throwIfAborted();
      throw versionFault(error) ?? rethrow(error);
    }
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly signal: AbortSignal;
}

async function* ranges(sizeBytes: number, slice: StoredBytes['slice'], signal: AbortSignal) {
  const stop = new AbortController();
  const until = AbortSignal.any([signal, stop.signal]);
  const fetch = (start: number) => {
    const bytes = slice(start, Math.min(start + RANGE_BYTES, sizeBytes), until);
    // Its failure is met where it is awaited; unhandled before that, it would end the process.
    bytes.catch(() => undefined);
    return bytes;
  };
  try {
    // Even a file without bytes has to be of that version.
    let next = fetch(0);
    let start = 0;
    do {
      const bytes = await next;
      start += RANGE_BYTES;
      if (start < sizeBytes) next = fetch(start);
      yield bytes;
    } while (start < sizeBytes);
  } finally {
    stop.abort();
  }
}

/** What it means for the job when the version that was accepted is not to be had. */
function versionFault(cause: unknown): PermanentFailure | undefined {
  if (!(cause instanceof S3ServiceException)) return undefined;
  if (cause.$metadata.httpStatusCode === 412) {
    const detail = 'The dataset was replaced after the request was accepted.';
    return new PermanentFailure('DATASET_CHANGED', detail, { cause });
  }
  if (cause instanceof NoSuchKey || cause.name === 'NoSuchVersion') {
    return new PermanentFailure('DATASET_GONE', 'The dataset was removed after the request was accepted.', { cause });
  }
  return undefined;
}
