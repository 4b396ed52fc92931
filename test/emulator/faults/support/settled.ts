import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'vitest';
import { jobOf } from '../../../../lambdas/adapters/job-item.ts';
import { type DoneJob, isOpen, isReported, type Job } from '../../../../lambdas/domain/job.ts';
import { eventually, sweepNow } from '../../../support/faults.ts';
import { dynamo, output, s3, sqs } from '../../../support/target.ts';

/** Sweeps more often would only take the machine's time from the workers. */
const SWEEP_PAUSE_MS = 1_000;

/** Everything that the service holds when nobody works any more. */
export interface Remains {
  readonly jobs: readonly Job[];
  /** Keys of the published reports. */
  readonly reports: readonly string[];
}

/**
 * Waits until every job has ended and the queue is empty, sweeping as the schedule would, and then looks for what must
 * not be left: an open upload, a row without its file, a file without its row, a file that is not what its row says.
 */
export async function settled(timeoutMs = 90_000): Promise<Remains> {
  await eventually(async () => {
    await Promise.all([sweepNow(), sleep(SWEEP_PAUSE_MS)]);
    return (await messagesIn('QueueUrl')) === 0 && !(await allJobs()).some(isOpen);
  }, timeoutMs);
  const [jobs, reports, uploads, deadLetters] = await Promise.all([
    allJobs(),
    allReports(),
    openUploads(),
    messagesIn('DeadLetterQueueUrl'),
  ]);
  expect(uploads, 'open multipart uploads').toEqual([]);
  // Every message of ours that ends there is explained by the function behind it, and taken away.
  expect(deadLetters, 'dead letters').toBe(0);
  const done = jobs.filter((job): job is DoneJob => isReported(job));
  expect([...reports].sort(), 'published reports').toEqual(done.flatMap(filesOf).sort());
  await inLanes(done, 20, expectFile);
  return { jobs, reports };
}

/** The report, and its bad cells where they are many. */
function filesOf({ report }: DoneJob): string[] {
  return [report.key, ...(report.badCells?.file === undefined ? [] : [report.badCells.file.key])];
}

async function expectFile({ id, report }: DoneJob): Promise<void> {
  const { bytes, Metadata } = await objectUnder(report.key);
  const { sizeBytes, sha256 } = report;
  const found = {
    id: Metadata?.job,
    sizeBytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  expect(found).toEqual({ id, sizeBytes, sha256 });
}

const READS = 3;

/** A body that breaks off half-way is asked for again, as any client does; the SDK tries only the call again. */
async function objectUnder(Key: string, reads = READS): Promise<{ bytes: Uint8Array; Metadata: Metadata | undefined }> {
  const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: output('Bucket'), Key }));
  try {
    return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), Metadata };
  } catch (cause) {
    if (reads <= 1) throw cause;
    return objectUnder(Key, reads - 1);
  }
}

type Metadata = GetObjectCommandOutput['Metadata'];

export async function allJobs(): Promise<Job[]> {
  const jobs: Job[] = [];
  let start: Record<string, never> | undefined;
  do {
    const scan = new ScanCommand({ TableName: output('JobsTable'), ConsistentRead: true, ExclusiveStartKey: start });
    const { Items = [], LastEvaluatedKey } = await dynamo.send(scan);
    jobs.push(...Items.map((item) => jobOf(unmarshall(item))));
    start = LastEvaluatedKey as typeof start;
  } while (start !== undefined);
  return jobs;
}

export async function allReports(): Promise<string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const list = new ListObjectsV2Command({ Bucket: output('Bucket'), Prefix: 'reports/', ContinuationToken });
    const { Contents = [], NextContinuationToken } = await s3.send(list);
    keys.push(...Contents.map(({ Key = '' }) => Key));
    ContinuationToken = NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys;
}

export async function openUploads(): Promise<string[]> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: output('Bucket') }));
  return Uploads.map(({ Key = '' }) => Key);
}

/** Messages that are there, visible or in somebody's hands. */
export async function messagesIn(queue: 'QueueUrl' | 'DeadLetterQueueUrl'): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const, 'ApproximateNumberOfMessagesNotVisible' as const];
  const get = new GetQueueAttributesCommand({ QueueUrl: output(queue), AttributeNames });
  const { Attributes = {} } = await sqs.send(get);
  return Object.values(Attributes).reduce((sum, n) => sum + Number(n), 0);
}

/** Does something to each item, so many at a time; the results in the order of the items. */
export async function inLanes<T, R>(items: readonly T[], lanes: number, step: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [i, item] of waiting) results[i] = await step(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
