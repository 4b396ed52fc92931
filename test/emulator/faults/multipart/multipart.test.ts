import { fork } from 'node:child_process';
import { once as event } from 'node:events';
import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { letTimePass, pauseWorker, rowOf } from '../../../support/faults.ts';
import { api, output, s3 } from '../../../support/target.ts';
import { smallRequest } from '../../requests.ts';
import type { Step } from '../support/call.ts';
import { aKey, giveUpOn, once, useFaultProxy } from '../support/scene.ts';
import { openUploads } from '../support/settled.ts';
import { cutRequest, killAfter, killBefore, loseReply, refuse, type Treatment } from '../support/treatments.ts';
import type { Task } from './worker.ts';

/** Where a worker with a long report dies, and how many unfinished uploads that leaves to the lifecycle rule. */
const CHECKPOINTS: readonly (readonly [string, Step, Treatment, number])[] = [
  ['after', 'begin', killAfter, 1],
  ['before', 'part', killBefore, 1],
  ['after', 'part', killAfter, 1],
  ['before', 'complete', killBefore, 1],
  ['after', 'complete', killAfter, 0],
];
/** An upload whose beginning was not answered is begun again: nobody knows the name of the first one. */
const PASSING: readonly (readonly [string, Step, Treatment, number])[] = [
  ['begin is refused', 'begin', refuse, 0],
  ['begin is carried out but not answered', 'begin', loseReply, 1],
  ['part is cut off in the middle', 'part', cutRequest, 0],
  ['part is carried out but not answered', 'part', loseReply, 0],
  ['complete is refused', 'complete', refuse, 0],
  ['complete is carried out but not answered', 'complete', loseReply, 0],
];

describe('a report of several parts', () => {
  const proxy = useFaultProxy();
  let resume = async () => {};
  beforeAll(async () => {
    // The workers of this file are processes of its own.
    resume = await pauseWorker();
  });
  afterAll(() => resume());

  it.each(CHECKPOINTS)('R6: whose worker is killed %s its call to %s is made once', async (_when, step, kill, left) => {
    const { id, headers } = aKey();
    await api.generate(smallRequest('xlsx'), headers);
    once(proxy(), id, step, kill);
    expect(await workOn(id)).toBe('SIGKILL');
    expect(await rowOf(id)).toMatchObject({ status: 'processing', attempt: 1 });
    expect(await openUploads()).toHaveLength(left);

    await giveUpOn(id);
    expect(await workOn(id)).toBe('acknowledge');
    expect(await rowOf(id)).toMatchObject({ status: 'done', attempt: 2 });
    expect(await openUploads()).toHaveLength(left);
    await expireUploads();
  });

  it.each(PASSING)('is made at the first attempt though %s once', async (_name, step, treatment, left) => {
    const { id, headers } = aKey();
    await api.generate(smallRequest('xlsx'), headers);
    const fault = once(proxy(), id, step, treatment);
    expect(await workOn(id)).toBe('acknowledge');
    expect(fault.isMet()).toBe(true);
    expect(await rowOf(id)).toMatchObject({ status: 'done', attempt: 1 });
    expect(await openUploads()).toHaveLength(left);
    await expireUploads();
  });

  it('R14: whose parts break in the middle again and again is given back within five seconds, with no upload left', async () => {
    const { id, headers } = aKey();
    await api.generate(smallRequest('xlsx'), headers);
    const mend = proxy().when((call) => (call.subject === id && call.step === 'part' ? cutRequest : undefined));
    expect(await workOn(id)).toBe('return');
    mend();
    const calls = proxy().calls.filter((call) => call.subject === id);
    const [claim, givenBack] = ['claim', 'giveBackUncounted'].map(
      (step) => calls.find((call) => call.step === step)?.at ?? 0,
    );
    expect((givenBack ?? 0) - (claim ?? 0)).toBeLessThan(5_000);
    expect(await openUploads()).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ status: 'processing', attempt: 1, tries: 0, leaseUntil: 0 });
    await letTimePass(id);
    expect(await workOn(id)).toBe('acknowledge');
    expect(await rowOf(id)).toMatchObject({ status: 'done', attempt: 2, tries: 1 });
  });
});

/** Lets a process work on the job; tells what becomes of the message, or which signal ended it. */
async function workOn(id: string): Promise<string> {
  const child = fork(`${import.meta.dirname}/worker.ts`, { execArgv: ['--import', 'tsx'] });
  const task: Task = {
    message: { jobId: id, generation: 1 },
    endpoint: `http://127.0.0.1:${inject('proxyPort')}`,
    jobsTable: output('JobsTable'),
    idempotencyTable: output('IdempotencyTable'),
    bucket: output('Bucket'),
  };
  let handled = '';
  child.once('message', (message) => {
    handled = String(message);
  });
  child.send(task);
  const [code, signal] = (await event(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal ?? (handled || `exit ${code}`);
}

/** What the lifecycle rule does a day later. */
async function expireUploads(): Promise<void> {
  const Bucket = output('Bucket');
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  for (const { Key, UploadId } of Uploads) await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
}
