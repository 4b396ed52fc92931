import { describe, expect, it } from 'vitest';
import type { Job } from '../../../lambdas/domain/job.ts';
import { api } from '../../support/target.ts';
import {
  cancelled,
  type Fate,
  fateOf,
  largeRows,
  later,
  post,
  reopened,
  ruleFor,
  type Told,
} from './support/cancelling.ts';
import { useFaultProxy } from './support/scene.ts';
import { allJobs, inLanes, type Remains, settled } from './support/settled.ts';
import { describeRun, summaryOf } from './support/summary.ts';

const JOBS = Number(process.env.QUIRE_CANCEL_JOBS ?? 40);
const SEED = Number(process.env.QUIRE_FAULT_SEED ?? 1);
/** Far more than it takes, on a machine that has much else to do. */
const TIMEOUT_MS = 300_000 + JOBS * 3_000;
/** Clients at a time. */
const CLIENTS = 6;

/** What a job may end with, because of the kills and of a worker's ten seconds. */
const EXPLAINED: readonly string[] = ['WORKER_LOST', 'TOO_LARGE'];

describe('clients that change their mind, every second one, while workers and the functions that cancel are killed', () => {
  const proxy = useFaultProxy();

  it(
    `are told the truth, and nothing is left of what they cancelled: ${JOBS / 2} cancels among ${JOBS} jobs`,
    async () => {
      const before = new Set((await allJobs()).map(({ id }) => id));
      const fates = Array.from({ length: JOBS }, (_, number) => fateOf(SEED, number));
      const doomed = fates.filter(({ isDoomed }) => isDoomed);
      const counts = { killed: 0 };
      proxy().when(ruleFor(fates, counts));
      const dataset = await api.upload(largeRows());

      const accepted = new Set(await inLanes(fates, CLIENTS, (fate) => post(fate, dataset)));
      const first = await settled(TIMEOUT_MS / 2);
      expect(statusesOf(first, doomed)).toEqual(doomed.map(() => 'error'));
      const reopenings = await inLanes(doomed, CLIENTS, reopened);
      for (const fate of doomed) if (fate.isCancelled) fate.asked = later(fate);
      await inLanes(doomed, CLIENTS, ({ asked }) => asked ?? Promise.resolve([]));
      // A worker's call at which the wish was to come may not have come: then the job has ended without.
      for (const fate of fates) if (fate.isCancelled) fate.asked ??= cancelled(fate);
      const wishes = await inLanes(fates, CLIENTS, async (fate) => ({ fate, told: (await fate.asked) ?? [] }));
      const { jobs, reports } = await settled(TIMEOUT_MS / 4);

      const ours = jobs.filter(({ id }) => !before.has(id));
      const summary = summaryOf(accepted, ours, reports.filter(isOf(ours)));
      const told = wishes.flatMap((wish) => wish.told);
      const answers = Object.fromEntries([200, 202, 409].map((code) => [`told${code}`, countOf(told, code)]));
      const multipart = proxy().calls.filter(({ step }) => step === 'begin').length;
      const line = {
        jobs: JOBS,
        wanted: JOBS / 2,
        wishes: told.length,
        ...answers,
        ...counts,
        redriven: doomed.length,
      };
      for (const job of ours) if (job.status === 'error') process.stdout.write(`${job.id}: ${job.error.code}\n`);
      process.stdout.write(`${describeRun({ ...line, multipart, ...summary })}\n`);

      expect(summary).toMatchObject({ accepted: JOBS, lost: 0, unexpected: 0, duplicated: 0 });
      expect(summary.done + summary.error + summary.cancelled).toBe(JOBS);
      // Once more killed than a job may be, or too slow on a busy machine; nothing else ends as error here.
      expect(ours.filter((job) => job.status === 'error' && !EXPLAINED.includes(job.error.code))).toEqual([]);
      expect(summary.error).toBeLessThanOrEqual(JOBS / 40);
      expect(reopenings).toEqual(doomed.map(() => ({ status: 202, code: undefined })));
      expect(wishes.flatMap(({ fate, told }) => told.flatMap((one) => untruth(fate, one, ours)))).toEqual([]);
      expect(ours.filter((job) => job.status === 'cancelled' && !isWanted(job, fates))).toEqual([]);
      expect(await inLanes(ours, CLIENTS, askedAgain)).toEqual(ours.map(({ status }) => endedAs(status)));
      // Else nothing was put to the test.
      expect(counts.killed).toBeGreaterThan(JOBS / 10);
      expect(summary.cancelled).toBeGreaterThan(JOBS / 10);
      expect(countOf(told, 202)).toBeGreaterThan(0);
      expect(countOf(told, 409)).toBeGreaterThan(0);
      expect(multipart).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

function statusesOf({ jobs }: Remains, fates: readonly Fate[]): (string | undefined)[] {
  return fates.map(({ id }) => jobs.find((job) => job.id === id)?.status);
}

/** Reports lie below the name of their job. */
function isOf(jobs: readonly Job[]): (key: string) => boolean {
  const ids = new Set(jobs.map(({ id }) => id));
  return (key) => ids.has(key.split('/')[2] ?? '');
}

function countOf(told: readonly Told[], status: number): number {
  return told.filter((one) => one.status === status).length;
}

/** What a client was told that is not so: 200 is an end, 409 an end of another kind, and 202 a wish that may come too late. */
function untruth({ id }: Fate, { status, code }: Told, jobs: readonly Job[]): string[] {
  const end = jobs.find((job) => job.id === id)?.status;
  const isTrue =
    status === 202 ||
    (status === 200 && end === 'cancelled') ||
    (status === 409 && code === 'JOB_ENDED' && end !== 'cancelled');
  return isTrue ? [] : [`${id} is ${end}, and its client was told ${status} ${code ?? ''}`];
}

function isWanted({ id }: Job, fates: readonly Fate[]): boolean {
  return fates.some((fate) => fate.id === id && fate.isCancelled);
}

/** A wish after the end: the answer to a cancelled job is what it was, any other job refuses. */
async function askedAgain({ id }: Job): Promise<Told | undefined> {
  const [told] = await cancelled({ id, wishes: 1 });
  return told;
}

function endedAs(status: Job['status']): Told {
  return status === 'cancelled' ? { status: 200, code: undefined } : { status: 409, code: 'JOB_ENDED' };
}
