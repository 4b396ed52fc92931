import { describe, expect, it } from 'vitest';
import type { Change } from '../../lambdas/domain/change.ts';
import { jobError } from '../../lambdas/domain/failures.ts';
import type { EndedJob, FailedJob, Job, OpenJob, ProcessingJob, Report } from '../../lambdas/domain/job.ts';
import * as transitions from '../../lambdas/domain/transitions.ts';
import { NOW, queuedRow } from '../contracts/job-table/rows.ts';
import { MemoryJobTable, TableState } from '../support/memory/job-table.ts';

const ISO = new Date(NOW).toISOString();
const ERROR = jobError('INTERNAL', 'It failed.');
const REPORT: Report = { key: 'k', contentType: 't', sizeBytes: 1, sha256: 'h', rows: 2, warnings: [] };
const CLAIM = { generation: 1, claimedBy: 'w', now: NOW, leaseUntil: NOW + 900, maxAttempts: 3 };

/** A table with one row, and what each change made of it. */
async function rowOf(changes: Partial<Job> = {}) {
  const state = new TableState();
  const table = new MemoryJobTable(state);
  state.put('j', { ...queuedRow({ id: 'j' }), ...changes }, 'create');
  return {
    row: <T extends Job>() => state.get('j') as T,
    /** The attributes that the change gave other values, `undefined` for those it took away; nothing when refused. */
    async apply(change: Change) {
      const before: Job = { ...(state.get('j') as Job) };
      const { applied } = await table.change('j', change);
      if (!applied) return undefined;
      const after = state.get('j') as Job;
      const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Job)[];
      const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
      return Object.fromEntries(changed.map((name) => [name, after[name]]));
    },
  };
}

async function claimed(changes: Partial<Job> = {}) {
  const table = await rowOf(changes);
  await table.apply(transitions.claim(CLAIM));
  return table;
}

async function failed(changes: Partial<Job> = {}) {
  const table = await claimed(changes);
  await table.apply(transitions.finishError(table.row<ProcessingJob>(), NOW, ERROR));
  return table;
}

describe('an open row', () => {
  it('that is claimed is held, counted, and due when its lease is over', async () => {
    const { apply, row } = await rowOf({ sends: 2 });
    expect(await apply(transitions.claim(CLAIM))).toEqual({
      ...{ status: 'processing', claimedBy: 'w', leaseUntil: NOW + 900, sweepAt: NOW + 900, startedAt: ISO },
      ...{ staged: [], attempt: 1, tries: 1, sends: 0 },
    });
    expect(await apply(transitions.claim({ ...CLAIM, now: NOW + 900 }))).toBeUndefined();
    expect(await apply(transitions.claim({ ...CLAIM, now: NOW + 901, claimedBy: 'x' }))).toEqual({
      ...{ claimedBy: 'x', attempt: 2, tries: 2 },
    });
    expect(row<ProcessingJob>().startedAt).toBe(ISO);
    const third = { ...CLAIM, now: NOW + 901, maxAttempts: 2 };
    expect(await apply(transitions.claim(third))).toBeUndefined();
    expect(await apply(transitions.claim({ ...third, maxAttempts: 3, generation: 2 }))).toBeUndefined();
  });

  it('that was sent for is due later; where nothing went out, as before', async () => {
    const { apply, row } = await rowOf();
    const seen = row<OpenJob>();
    expect(await apply(transitions.markSent(seen, NOW, NOW + 60_000))).toEqual({ sweepAt: NOW + 60_000, sends: 1 });
    expect(await apply(transitions.markSent(seen, NOW, NOW + 60_000))).toBeUndefined();
    expect(await apply(transitions.sendFailed(seen, NOW + 1))).toBeUndefined();
    expect(await apply(transitions.sendFailed(seen, NOW + 60_000))).toEqual({ sweepAt: seen.sweepAt, sends: 0 });
    const other = { ...seen, generation: 2 };
    expect(await apply(transitions.markSent(other, NOW, NOW + 1))).toBeUndefined();
    expect(await apply(transitions.sendFailed(other, seen.sweepAt))).toBeUndefined();
  });

  it('is not sent for while somebody is at work', async () => {
    const { apply, row } = await claimed();
    expect(await apply(transitions.markSent(row<OpenJob>(), NOW + 900, 7))).toBeUndefined();
    expect(await apply(transitions.markSent(row<OpenJob>(), NOW + 901, 7))).toEqual({ sweepAt: 7, sends: 1 });
  });
});

describe('a row that an attempt holds', () => {
  it('tells its progress, and every file that was about to be committed', async () => {
    const { apply, row } = await claimed();
    const progress = { rowsWritten: 1, rowsTotal: 2 };
    expect(await apply(transitions.heartbeat(row<ProcessingJob>(), progress))).toEqual({ progress });
    const staged = { ...REPORT, attempt: 1 };
    expect(await apply(transitions.stage(row<ProcessingJob>(), staged))).toEqual({ staged: [staged] });
    const second = { ...staged, sizeBytes: 2 };
    expect(await apply(transitions.stage(row<ProcessingJob>(), second))).toEqual({ staged: [staged, second] });
  });

  it('is free after its back-off when it is given back', async () => {
    const { apply, row } = await claimed();
    const until = { notBefore: NOW + 50, sweepAt: NOW + 70 };
    expect(await apply(transitions.giveBack(row<ProcessingJob>(), until, ERROR))).toEqual({
      ...{ leaseUntil: 0, ...until, lastFailure: ERROR },
    });
    expect(await apply(transitions.claim({ ...CLAIM, now: NOW + 49 }))).toBeUndefined();
    expect(await apply(transitions.claim({ ...CLAIM, now: NOW + 50 }))).toMatchObject({ notBefore: undefined });
  });

  it('does not count an attempt that was hindered, once', async () => {
    const { apply, row } = await claimed();
    const until = { notBefore: NOW + 50, sweepAt: NOW + 70 };
    const change = transitions.giveBackUncounted(row<ProcessingJob>(), until);
    expect(await apply(change)).toEqual({ leaseUntil: 0, ...until, tries: 0 });
    expect(await apply(change)).toBeUndefined();
  });

  it('answers to nobody else', async () => {
    const { apply, row } = await claimed();
    const mine = row<ProcessingJob>();
    for (const other of [
      { ...mine, attempt: 2 },
      { ...mine, generation: 2 },
    ]) {
      const asked = [
        transitions.heartbeat(other, { rowsWritten: 1 }),
        transitions.stage(other, { ...REPORT, attempt: 1 }),
        transitions.giveBack(other, { notBefore: 1, sweepAt: 1 }, ERROR),
        transitions.giveBackUncounted(other, { notBefore: 1, sweepAt: 1 }),
        transitions.finishDone(other, NOW, REPORT, 1),
        transitions.finishError(other, NOW, ERROR),
        transitions.rescueDone(other, NOW + 901, REPORT, 1),
        transitions.rescueError(other, NOW + 901, ERROR),
      ];
      for (const change of asked) expect([change.name, await apply(change)]).toEqual([change.name, undefined]);
    }
  });
});

describe('a row that ends', () => {
  const OPEN = {
    sweepShard: undefined,
    sweepAt: undefined,
    leaseUntil: undefined,
    claimedBy: undefined,
    staged: undefined,
  };

  it('holds the report, or the error, and nothing of what it took to get there', async () => {
    const given = { lastFailure: ERROR, progress: { rowsWritten: 1 }, notBefore: 1 } as Partial<Job>;
    const done = await claimed(given);
    expect(await done.apply(transitions.finishDone(done.row<ProcessingJob>(), NOW, REPORT, 77))).toEqual({
      ...{ ...OPEN, lastFailure: undefined, progress: undefined },
      ...{ status: 'done', report: REPORT, reportExpiresAt: 77, finishedAt: ISO },
    });
    const error = await claimed();
    expect(await error.apply(transitions.finishError(error.row<ProcessingJob>(), NOW, ERROR))).toEqual({
      ...{ ...OPEN, status: 'error', error: ERROR, finishedAt: ISO },
    });
    expect(await error.apply(transitions.finishError(error.row<ProcessingJob>(), NOW, ERROR))).toBeUndefined();
  });

  it('ends in the same way when it is rescued, once nobody is alive', async () => {
    const { apply, row } = await claimed();
    const seen = row<ProcessingJob>();
    expect(await apply(transitions.rescueError(seen, NOW + 900, ERROR))).toBeUndefined();
    expect(await apply(transitions.rescueDone(seen, NOW + 901, REPORT, 77))).toMatchObject({
      ...{ ...OPEN, status: 'done', report: REPORT, reportExpiresAt: 77 },
    });
    const waiting = await rowOf();
    expect(await waiting.apply(transitions.rescueError(waiting.row<OpenJob>(), NOW, ERROR))).toEqual({
      ...{ sweepShard: undefined, sweepAt: undefined, status: 'error', error: ERROR, finishedAt: ISO },
    });
  });

  it('stays in the sweep index for a minute where somebody is to be told', async () => {
    const { apply, row } = await claimed({ callbackUrl: 'https://receiver.example' });
    const { sweepShard: _, ...rest } = OPEN;
    expect(await apply(transitions.finishDone(row<ProcessingJob>(), NOW, REPORT, 77))).toEqual({
      ...{ ...rest, sweepAt: NOW + 60_000, callbackState: 'pending', callbackAttempts: 0, callbackStatus: null },
      ...{ status: 'done', report: REPORT, reportExpiresAt: 77, finishedAt: ISO },
    });
  });

  it('is told of once for each try, until it is told', async () => {
    const { apply, row } = await failed({ callbackUrl: 'https://receiver.example' });
    const seen = row<EndedJob>();
    const other = { ...seen, generation: 2 };
    expect(await apply(transitions.markCallbackSent(other, 7))).toBeUndefined();
    expect(await apply(transitions.markCallbackSent({ ...seen, sweepAt: 6 }, 7))).toBeUndefined();
    expect(await apply(transitions.markCallbackSent(seen, 7))).toEqual({ sweepAt: 7 });
    const again = { state: 'pending', status: 500, sweepAt: 8 } as const;
    expect(await apply(transitions.recordCallback(other, again))).toBeUndefined();
    expect(await apply(transitions.recordCallback(seen, again))).toEqual({
      ...{ callbackStatus: 500, callbackAttempts: 1, sweepAt: 8 },
    });
    expect(await apply(transitions.recordCallback(seen, again))).toBeUndefined();
    const told = { state: 'delivered', status: 204 } as const;
    expect(await apply(transitions.recordCallback(row<EndedJob>(), told))).toEqual({
      ...{ callbackState: 'delivered', callbackStatus: 204, callbackAttempts: 2 },
      ...{ sweepAt: undefined, sweepShard: undefined },
    });
    expect(await apply(transitions.recordCallback(row<EndedJob>(), told))).toBeUndefined();
    expect(await apply(transitions.markCallbackSent(row<EndedJob>(), 9))).toBeUndefined();
  });

  it('is opened again as another generation, with nothing of the last', async () => {
    const { apply, row } = await failed({ callbackUrl: 'https://receiver.example', openedAt: 'before', expiresAt: 1 });
    const seen = row<FailedJob>();
    expect(await apply(transitions.redrive({ ...seen, generation: 2 }, NOW, 5, 6))).toBeUndefined();
    expect(await apply(transitions.redrive(seen, NOW, 5, 6))).toEqual({
      ...{ status: 'queued', generation: 2, attempt: 0, tries: 0, openedAt: ISO, sweepAt: 5, expiresAt: 6 },
      ...{ error: undefined, startedAt: undefined, finishedAt: undefined },
      ...{ callbackState: undefined, callbackAttempts: undefined, callbackStatus: undefined },
    });
    expect(row()).toMatchObject({ sends: 0, sweepShard: queuedRow({ id: 'j' }).sweepShard });
    const gone = await failed({ sends: 4 });
    expect(await gone.apply(transitions.redrive(gone.row<FailedJob>(), NOW, 5, 6))).toMatchObject({
      sweepShard: queuedRow({ id: 'j' }).sweepShard,
    });
  });
});
