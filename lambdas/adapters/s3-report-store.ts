import { DeleteObjectCommand, HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';
import type { ReportLabel, ReportStore, ReportUpload, StoredReport } from '../domain/ports.ts';
import { tellOutages } from './outages.ts';
import { S3Upload } from './s3-upload.ts';

/** The reports in the bucket. What an object is, its metadata says. */
export class S3ReportStore implements ReportStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = tellOutages(client);
    this.#bucket = bucket;
  }

  open(key: string, contentType: string, label: ReportLabel, signal: AbortSignal): ReportUpload {
    const Metadata = {
      job: label.jobId,
      generation: String(label.generation),
      attempt: String(label.attempt),
      'request-hash': label.requestHash,
    };
    const target = { Bucket: this.#bucket, Key: key, ContentType: contentType, Metadata };
    return new S3Upload(this.#client, target, signal);
  }

  async remove(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
  }

  async inspect(key: string): Promise<StoredReport | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      const { job = '', generation, attempt, 'request-hash': requestHash = '' } = head.Metadata ?? {};
      const sizeBytes = head.ContentLength ?? 0;
      return { jobId: job, generation: Number(generation), attempt: Number(attempt), requestHash, sizeBytes };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
}
