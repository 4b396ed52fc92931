import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Clock, UploadLink, UploadLinks } from '../domain/ports.ts';

/**
 * Presigned links to upload one object. The client must not add a checksum of its own (`requestChecksumCalculation:
 * 'WHEN_REQUIRED'`): it would be that of an empty body, and no other body would be taken.
 */
export class S3UploadLinks implements UploadLinks {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #seconds: number;
  readonly #clock: Clock;

  constructor(client: S3Client, bucket: string, seconds: number, clock: Clock) {
    this.#client = client;
    this.#bucket = bucket;
    this.#seconds = seconds;
    this.#clock = clock;
  }

  async signUpload(key: string, sizeBytes: number | undefined): Promise<UploadLink> {
    const put = new PutObjectCommand({ Bucket: this.#bucket, Key: key, ContentLength: sizeBytes });
    const expiresAt = new Date(this.#clock.now() + this.#seconds * 1000).toISOString();
    const url = await getSignedUrl(this.#client, put, { expiresIn: this.#seconds });
    return { url, headers: sizeBytes === undefined ? {} : { 'Content-Length': String(sizeBytes) }, expiresAt };
  }
}
