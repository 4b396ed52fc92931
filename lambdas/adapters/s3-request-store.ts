import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { PermanentFailure } from '../domain/failures.ts';
import type { RequestStore } from '../domain/ports.ts';
import { rethrow, tellOutages } from './outages.ts';

/** Requests that are too large for the row, gzipped, in the bucket. */
export class S3RequestStore implements RequestStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = tellOutages(client);
    this.#bucket = bucket;
  }

  async save(key: string, json: string): Promise<void> {
    const Body = await promisify(gzip)(json, { level: 4 });
    const ContentType = 'application/gzip';
    await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body, ContentType }));
  }

  async exists(key: string): Promise<boolean> {
    try {
      await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }

  async load(key: string): Promise<string> {
    const bytes = await this.#fetch(key);
    try {
      return (await promisify(gunzip)(bytes)).toString('utf8');
    } catch (cause) {
      throw new PermanentFailure('REQUEST_UNREADABLE', 'The stored request cannot be read.', { cause });
    }
  }

  async #fetch(key: string): Promise<Uint8Array> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (cause) {
      // The body may break off after the answer has begun.
      if (!(cause instanceof NoSuchKey)) rethrow(cause);
      throw new PermanentFailure('REQUEST_LOST', 'The stored request no longer exists.', { cause });
    }
  }
}
