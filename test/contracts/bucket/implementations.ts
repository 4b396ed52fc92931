import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { S3ReportStore } from '../../../lambdas/adapters/s3-report-store.ts';
import { S3RequestStore } from '../../../lambdas/adapters/s3-request-store.ts';
import type { ReportStore, RequestStore } from '../../../lambdas/domain/ports.ts';
import { clientOptions } from '../../../local/credentials.ts';
import { BucketState } from '../../support/memory/bucket.ts';
import { MemoryReportStore } from '../../support/memory/report-store.ts';
import { MemoryRequestStore } from '../../support/memory/request-store.ts';
import type { Implementation } from '../contract.ts';
import { serversOf } from '../servers.ts';

export interface StoredBytes {
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
}

/** A bucket, seen through both ports and from the side of whoever owns it. */
export interface BucketBench {
  readonly reports: ReportStore;
  readonly requests: RequestStore;
  /** How much has to be written before a part is sent. */
  readonly partBytes: number;
  read(key: string): Promise<StoredBytes | undefined>;
  overwrite(key: string, bytes: Buffer): Promise<void>;
  openUploads(): Promise<number>;
  /** What the lifecycle rule for unfinished uploads does. */
  expireUploads(): Promise<void>;
}

export function buckets(): Implementation<BucketBench>[] {
  const servers = serversOf('s3').map(({ name, missing, endpoint }) => ({
    name,
    missing,
    open: () => createBucket(new S3Client(clientOptions(endpoint))),
  }));
  return [{ name: 'in memory', open: async () => inMemory() }, ...servers];
}

function inMemory(): BucketBench {
  const bucket = new BucketState();
  const partBytes = 64;
  return {
    reports: new MemoryReportStore(bucket, undefined, partBytes),
    requests: new MemoryRequestStore(bucket),
    partBytes,
    read: async (key) => bucket.objects.get(key),
    overwrite: async (key, bytes) => bucket.put(key, { bytes, contentType: 'any', metadata: {} }),
    openUploads: async () => bucket.uploads.size,
    expireUploads: async () => bucket.removeUnfinishedUploads(),
  };
}

async function createBucket(client: S3Client): Promise<BucketBench> {
  const Bucket = randomUUID();
  await client.send(new CreateBucketCommand({ Bucket }));
  const open = async () => (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? [];
  return {
    reports: new S3ReportStore(client, Bucket),
    requests: new S3RequestStore(client, Bucket),
    partBytes: 8 * 1024 * 1024,
    read: (Key) => read(client, Bucket, Key),
    overwrite: async (Key, Body) => void (await client.send(new PutObjectCommand({ Bucket, Key, Body }))),
    openUploads: async () => (await open()).length,
    async expireUploads() {
      for (const { Key, UploadId } of await open()) {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      }
    },
  };
}

async function read(client: S3Client, Bucket: string, Key: string): Promise<StoredBytes | undefined> {
  try {
    const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), contentType: ContentType };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
