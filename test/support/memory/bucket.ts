/** An object as it stands in the bucket. */
export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly metadata: { readonly [name: string]: string };
}

interface OpenUpload {
  readonly key: string;
  /** By number: a part that is sent again takes the place of the first. */
  readonly parts: Map<number, Buffer>;
}

/** One bucket: objects, unfinished multipart uploads, and how often each key was written. */
export class BucketState {
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, OpenUpload>();
  readonly written = new Map<string, number>();
  #count = 0;

  put(key: string, object: StoredObject): void {
    this.objects.set(key, object);
    this.written.set(key, (this.written.get(key) ?? 0) + 1);
  }

  /** `If-None-Match: *` – tells whether the object was written. */
  putIfNone(key: string, object: StoredObject): boolean {
    if (this.objects.has(key)) return false;
    this.put(key, object);
    return true;
  }

  begin(key: string): string {
    this.#count += 1;
    const uploadId = `u${this.#count}`;
    this.uploads.set(uploadId, { key, parts: new Map() });
    return uploadId;
  }

  /** What the lifecycle rule does a day later. */
  removeUnfinishedUploads(): void {
    this.uploads.clear();
  }
}
