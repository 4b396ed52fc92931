import { RetryableFailure } from '../../../lambdas/domain/failures.ts';
import type { ReportLabel, ReportStore, ReportUpload, StoredReport } from '../../../lambdas/domain/ports.ts';
import { BucketState, type StoredObject } from './bucket.ts';
import { type Gate, open } from './gate.ts';

/** Reports in memory. A small part size makes small files take the way of large ones. */
export class MemoryReportStore implements ReportStore {
  readonly #bucket: BucketState;
  readonly #gate: Gate;
  readonly #partBytes: number;

  constructor(bucket = new BucketState(), gate: Gate = open, partBytes = 64) {
    this.#bucket = bucket;
    this.#gate = gate;
    this.#partBytes = partBytes;
  }

  open(
    key: string,
    contentType: string,
    { jobId, generation, attempt, requestHash }: ReportLabel,
    signal: AbortSignal,
  ): ReportUpload {
    const metadata = { jobId, generation: String(generation), attempt: String(attempt), requestHash };
    return new MemoryUpload(
      { bucket: this.#bucket, gate: this.#gate, partBytes: this.#partBytes },
      { key, contentType, metadata },
      signal,
    );
  }

  async remove(key: string): Promise<void> {
    await this.#gate('reports.remove', () => this.#bucket.objects.delete(key));
  }

  inspect(key: string): Promise<StoredReport | undefined> {
    return this.#gate('reports.inspect', () => {
      const object = this.#bucket.objects.get(key);
      if (object === undefined) return undefined;
      const { jobId = '', generation, attempt, requestHash = '' } = object.metadata;
      const sizeBytes = object.bytes.byteLength;
      return { jobId, generation: Number(generation), attempt: Number(attempt), requestHash, sizeBytes };
    });
  }
}

type Target = Omit<StoredObject, 'bytes'> & { readonly key: string };

interface Storage {
  readonly bucket: BucketState;
  readonly gate: Gate;
  readonly partBytes: number;
}

class MemoryUpload implements ReportUpload {
  readonly #bucket: BucketState;
  readonly #gate: Gate;
  readonly #signal: AbortSignal;
  readonly #partBytes: number;
  readonly #target: Target;
  #buffer = Buffer.alloc(0);
  #begun: Promise<string> | undefined;
  #partNumber = 0;

  constructor({ bucket, gate, partBytes }: Storage, target: Target, signal: AbortSignal) {
    this.#bucket = bucket;
    this.#gate = gate;
    this.#signal = signal;
    this.#partBytes = partBytes;
    this.#target = target;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    while (this.#buffer.byteLength >= this.#partBytes) {
      const part = this.#buffer.subarray(0, this.#partBytes);
      this.#buffer = this.#buffer.subarray(this.#partBytes);
      await this.#sendPart(part);
    }
  }

  async commit(): Promise<'committed' | 'exists'> {
    const isNew = this.#begun === undefined ? await this.#put() : await this.#complete(await this.#begun);
    if (isNew) return 'committed';
    await this.abort();
    return 'exists';
  }

  async abort(): Promise<void> {
    const uploadId = await this.#begun?.catch(() => undefined);
    if (uploadId === undefined) return;
    this.#begun = undefined;
    await this.#gate('reports.abort', () => this.#bucket.uploads.delete(uploadId)).catch(() => undefined);
  }

  async #sendPart(part: Buffer): Promise<void> {
    this.#begun ??= this.#gate('reports.begin', () => this.#bucket.begin(this.#target.key));
    const begun = this.#begun;
    const uploadId = await unlessStopped(this.#signal, () => begun);
    this.#partNumber += 1;
    const number = this.#partNumber;
    await this.#send('reports.part', () => this.#openUpload(uploadId).parts.set(number, part));
  }

  #put(): Promise<boolean> {
    const { key, ...facts } = this.#target;
    return this.#send('reports.put', () => this.#bucket.putIfNone(key, { ...facts, bytes: this.#buffer }));
  }

  async #complete(uploadId: string): Promise<boolean> {
    if (this.#buffer.byteLength > 0) await this.#sendPart(this.#buffer);
    const { key, ...facts } = this.#target;
    return this.#send('reports.complete', () => {
      const bytes = Buffer.concat([...this.#openUpload(uploadId).parts.values()]);
      const isNew = this.#bucket.putIfNone(key, { ...facts, bytes });
      if (isNew) this.#bucket.uploads.delete(uploadId);
      return isNew;
    });
  }

  #send<T>(operation: string, effect: () => T): Promise<T> {
    return unlessStopped(this.#signal, () => this.#gate(operation, effect));
  }

  /** Also gone once it is completed: that is what the retry of a completion with a lost reply meets. */
  #openUpload(uploadId: string) {
    const upload = this.#bucket.uploads.get(uploadId);
    if (upload === undefined) throw new RetryableFailure('UPLOAD_CONFLICT', 'The upload must be restarted.');
    return upload;
  }
}

/** What is on its way when the signal comes may still arrive; its sender does not wait for it. */
function unlessStopped<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop);
    call()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
