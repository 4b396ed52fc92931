import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import {
  changeEnvironment,
  eventually,
  letTimePass,
  rowOf,
  sweepNow,
  withEnvironment,
  withWorkerPaused,
} from '../support/faults.ts';
import { isUpload, startProxy } from '../support/proxy.ts';
import { api, output, s3, sqs, target } from '../support/target.ts';
import { keyed, largeRequest, smallRequest } from './requests.ts';

const noBucket = ({ BUCKET }: Record<string, string>) => ({ BUCKET: `${BUCKET}-that-is-not-there` });
const noLocks = ({ IDEMPOTENCY_TABLE }: Record<string, string>) => ({
  IDEMPOTENCY_TABLE: `${IDEMPOTENCY_TABLE}-that-is-not-there`,
});
const noQueue = ({ QUEUE_URL }: Record<string, string>) => ({ QUEUE_URL: `${QUEUE_URL}-that-is-not-there` });

async function post(request: object = smallRequest('xlsx')): Promise<string> {
  return (await api.generate(request, keyed())).id;
}

/** The lease tells: `lastFailure` stays in the row while the next attempt is at work already. */
async function isGivenBack(id: string, attempt: number): Promise<boolean> {
  const row = await rowOf(id);
  return row.attempt === attempt && row.leaseUntil === 0;
}

/** Starts the next attempt by the sweeper instead of after its back-off. */
async function startNext(id: string): Promise<void> {
  await letTimePass(id);
  await sweepNow();
}

/**
 * Runs `body` while no report can be uploaded, until it calls `mend`. An emulator kills a function that it is told to
 * reconfigure, in the middle of its work, so there the fault is made and mended on the way to the bucket.
 */
async function whileBucketIsDown<T>(body: (mend: () => Promise<void>) => Promise<T>): Promise<T> {
  if (target.processGroup === undefined || target.endpoint === undefined) {
    const faulty = await changeEnvironment('WorkerFunction', noBucket);
    return body(faulty.restore).finally(faulty.restore);
  }
  let isDown = true;
  const proxy = await startProxy(target.endpoint, async (call) => {
    if (isDown && isUpload(call)) throw new Error('down');
  });
  const mend = async () => {
    isDown = false;
  };
  const through = () => ({ AWS_ENDPOINT_URL: proxy.url });
  return withEnvironment('WorkerFunction', through, () => body(mend)).finally(proxy.close);
}

describe('a job', () => {
  it('that failed for a passing reason is tried again by itself within a minute', async () => {
    const job = await whileBucketIsDown(async (mend) => {
      const id = await post();
      await eventually(() => isGivenBack(id, 1));
      expect(await api.status(id)).toMatchObject({ status: 'processing', attempt: 1, error: null });
      await mend();
      return api.ended(id, { timeoutMs: 60_000, pollMs: 250 });
    });
    expect(job).toMatchObject({ status: 'done', attempt: 2 });
  });

  it('that meets a service out of reach loses no try, however often, and is done when the service is back', async () => {
    const id = await withEnvironment('WorkerFunction', noLocks, async () => {
      const posted = await post();
      for (let attempt = 1; attempt <= 4; attempt += 1) {
        if (attempt > 1) await startNext(posted);
        await eventually(() => isGivenBack(posted, attempt));
      }
      return posted;
    });
    await startNext(id);
    const job = await api.ended(id, { pollMs: 100 });
    expect(job).toMatchObject({ status: 'done', attempt: 5, error: null });
  });

  it('whose request has vanished ends as error at once', async () => {
    const id = await withWorkerPaused(async () => {
      const posted = await post(largeRequest('xlsx', 500));
      const Bucket = output('Bucket');
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `requests/${posted}/` }));
      expect(Contents).toHaveLength(1);
      await s3.send(new DeleteObjectCommand({ Bucket, Key: Contents[0]?.Key }));
      return posted;
    });
    const job = await api.ended(id, { pollMs: 100 });
    expect(job).toMatchObject({ status: 'error', attempt: 1, error: { code: 'REQUEST_LOST', retryable: false } });
  });

  it('whose message could not be sent is accepted all the same, and swept to done', async () => {
    const id = await withEnvironment('EnqueueFunction', noQueue, () => post());
    expect(await rowOf(id)).toMatchObject({ status: 'queued', sends: 0 });
    await letTimePass(id);
    await sweepNow();
    expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done', attempt: 1 });
  });

  it('whose message was deleted is swept to done', async () => {
    const id = await withWorkerPaused(async () => {
      const posted = await post();
      await sqs.send(new PurgeQueueCommand({ QueueUrl: output('QueueUrl') }));
      return posted;
    });
    expect(await rowOf(id)).toMatchObject({ status: 'queued', sends: 1 });
    await letTimePass(id);
    await sweepNow();
    expect(await api.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done', attempt: 1 });
  });
});
