import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { contentDisposition, type Disposition } from '../domain/content-disposition.ts';
import type { Clock, Links } from '../domain/ports.ts';

/**
 * Presigned links. They die with the credentials that signed them, so they are made at the read and never stored.
 * Signing is arithmetic: it calls nobody.
 */
export class S3Links implements Links {
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

  async sign(
    key: string,
    fileName: string,
    contentType: string,
    disposition?: Disposition,
  ): Promise<{ url: string; expiresAt: string }> {
    const get = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      ResponseContentDisposition: contentDisposition(fileName, disposition),
      ResponseContentType: contentType,
      ResponseCacheControl: 'no-store',
    });
    const expiresAt = new Date(this.#clock.now() + this.#seconds * 1000).toISOString();
    return { url: await getSignedUrl(this.#client, get, { expiresIn: this.#seconds }), expiresAt };
  }
}
