import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  NoSuchUpload,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { RetryableFailure } from '../domain/failures.ts';
import type { ReportUpload } from '../domain/ports.ts';

/** S3 takes 10,000 parts of at least 5 MiB; at 8 MiB that is 78 GiB. */
const PART_BYTES = 8 * 1024 * 1024;
/** For each of the two steps of an abort: little enough for the margin that the worker's deadline leaves. */
const ABORT_STEP_MILLISECONDS = 1_500;
/** Parts under way at a time: memory is bounded by one more than that. */
const CONCURRENCY = 2;

export interface Target {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
  readonly Metadata: Record<string, string>;
}

/**
 * One object, published only if there is none under its key (`If-None-Match: *`,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). A file of one part is a single put;
 * a longer one a multipart upload, whose `write` waits while two parts are under way.
 */
export class S3Upload implements ReportUpload {
  readonly #client: S3Client;
  readonly #target: Target;
  readonly #aborted = new AbortController();
  readonly #signal: AbortSignal;
  #part = Buffer.alloc(0);
  #filled = 0;
  #begun: Promise<string> | undefined;
  readonly #parts: Promise<CompletedPart>[] = [];

  /** @param signal stops what is under way; the upload rejects with its reason. */
  constructor(client: S3Client, target: Target, signal: AbortSignal) {
    this.#client = client;
    this.#target = target;
    this.#signal = AbortSignal.any([signal, this.#aborted.signal]);
  }

  async write(chunk: Uint8Array): Promise<void> {
    let rest = chunk;
    while (rest.byteLength > 0) {
      const taken = this.#take(rest);
      rest = rest.subarray(taken);
      if (this.#filled === PART_BYTES) await this.#sendPart();
    }
  }

  async commit(): Promise<'committed' | 'exists'> {
    try {
      await (this.#begun === undefined ? this.#put() : this.#complete(await this.#begun));
      return 'committed';
    } catch (error) {
      if (isStatus(error, 412)) {
        await this.abort();
        return 'exists';
      }
      // 409: another upload to this key is being completed. No such upload: an earlier try of ours may have succeeded.
      const unclear = isStatus(error, 409) || error instanceof NoSuchUpload;
      if (unclear) throw new RetryableFailure('UPLOAD_CONFLICT', 'The upload must be restarted.', { cause: error });
      throw error;
    }
  }

  async abort(): Promise<void> {
    const begun = this.#begun;
    if (begun === undefined) return;
    this.#begun = undefined;
    const { Bucket, Key } = this.#target;
    const step = () => AbortSignal.timeout(ABORT_STEP_MILLISECONDS);
    // A part that arrives after the abort would stay behind, so those under way are awaited first, within reason.
    await until(step(), Promise.allSettled([begun, ...this.#parts])).catch(() => this.#aborted.abort());
    try {
      const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId: await until(step(), begun) });
      await this.#client.send(abort, { abortSignal: step() });
    } catch {
      // The bucket's lifecycle rule removes unfinished uploads.
    }
  }

  #take(bytes: Uint8Array): number {
    if (this.#filled + bytes.byteLength > this.#part.byteLength) this.#grow(this.#filled + bytes.byteLength);
    const taken = Math.min(bytes.byteLength, this.#part.byteLength - this.#filled);
    this.#part.set(bytes.subarray(0, taken), this.#filled);
    this.#filled += taken;
    return taken;
  }

  /** Small files are many: the buffer starts small and doubles up to a part. */
  #grow(wanted: number): void {
    const grown = Buffer.allocUnsafe(Math.min(Math.max(wanted, this.#part.byteLength * 2, 64 * 1024), PART_BYTES));
    grown.set(this.#part.subarray(0, this.#filled));
    this.#part = grown;
  }

  async #sendPart(): Promise<void> {
    this.#begun ??= this.#begin();
    const UploadId = await until(this.#signal, this.#begun);
    const PartNumber = this.#parts.length + 1;
    const Body = this.#part.subarray(0, this.#filled);
    const { Bucket, Key } = this.#target;
    const part = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body });
    const answered = this.#client.send(part, { abortSignal: this.#signal });
    const sent = until(this.#signal, answered).then(({ ETag }) => ({ ETag, PartNumber }));
    // Its failure is met where it is awaited; unhandled before that, it would end the process.
    sent.catch(() => undefined);
    this.#parts.push(sent);
    this.#part = Buffer.alloc(0);
    this.#filled = 0;
    await this.#parts[this.#parts.length - CONCURRENCY];
  }

  /** Not stopped by the signal: what was begun without its name being known could not be aborted. */
  async #begin(): Promise<string> {
    const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand(this.#target));
    if (UploadId === undefined) throw new RetryableFailure('UPLOAD_REFUSED', 'The upload could not be started.');
    return UploadId;
  }

  async #put(): Promise<void> {
    const Body = this.#part.subarray(0, this.#filled);
    const put = new PutObjectCommand({ ...this.#target, Body, IfNoneMatch: '*' });
    await until(this.#signal, this.#client.send(put, { abortSignal: this.#signal }));
  }

  async #complete(UploadId: string): Promise<void> {
    if (this.#filled > 0) await this.#sendPart();
    const Parts = await Promise.all(this.#parts);
    const { Bucket, Key } = this.#target;
    const MultipartUpload = { Parts };
    const complete = { Bucket, Key, UploadId, MultipartUpload, IfNoneMatch: '*' };
    const sent = this.#client.send(new CompleteMultipartUploadCommand(complete), { abortSignal: this.#signal });
    await until(this.#signal, sent);
  }
}

/** What was promised, or `signal.reason` as soon as the signal comes. */
async function until<T>(signal: AbortSignal, promised: Promise<T>): Promise<T> {
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  // Whichever loses may still reject, when nobody listens any more.
  promised.catch(() => undefined);
  stopped.catch(() => undefined);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([stopped, promised]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}
