import { describe, expect, it } from 'vitest';
import { isOpen, isReported, type Job } from '../../lambdas/domain/job.ts';
import { insist, newPost } from './simulator/clients.ts';
import type { Scenario } from './simulator/scenario.ts';
import { simulate } from './simulator/simulate.ts';
import type { World } from './simulator/world.ts';
import { ONE } from './stories.ts';

/**
 * What becomes of a jobs table that is restored to an earlier moment, while bucket, queue and locks are those of now. Each
 * run takes a copy at one second and puts it back at another; the judge of the simulator is not asked, since rows that go
 * back in time are exactly what it forbids.
 */
const JOBS = 6;
const RESTORED_AT = 90;
const STORY: Scenario = {
  ...ONE,
  jobs: 0,
  stormSeconds: 600,
  workers: 2,
  rows: [8, 8],
  rowMilliseconds: [2_000, 2_000],
};

interface Restored {
  readonly world: World;
  readonly rows: readonly Job[];
  /** Jobs that were accepted after the moment to which the table went back. */
  readonly forgotten: readonly string[];
}

async function restored(secondsBack: number, { locksLost = false } = {}): Promise<Restored> {
  let copy: readonly Job[] = [];
  const forgotten: string[] = [];
  const { world } = await simulate(STORY, (arranged, service) => {
    const at = (seconds: number, act: () => void): void => arranged.timeline.after(seconds * 1000, act);
    for (let job = 0; job < JOBS; job += 1) {
      at(job * 10, () => insist(arranged, service, newPost(arranged, `key ${job}`, { rows: 8, tenant: 'orders' }), 1));
    }
    at(RESTORED_AT - secondsBack, () => {
      copy = arranged.table.all();
    });
    at(RESTORED_AT, () => {
      const kept = new Set(copy.map(({ id }) => id));
      forgotten.push(...arranged.table.all().flatMap(({ id }) => (kept.has(id) ? [] : [id])));
      for (const id of forgotten) arranged.table.rows.delete(id);
      for (const row of copy) arranged.table.put(row.id, { ...row }, 'restore');
      if (locksLost) arranged.locks.records.clear();
    });
    arranged.onError = (id) => {
      expect(arranged.table.get(id)).toMatchObject({ status: 'error', error: { code: 'REPORT_CONFLICT' } });
      at(1, () => void service.redrive(id));
    };
    // Whoever was forgotten posts again, under the key of then.
    at(300, () => {
      for (let job = 0; job < JOBS; job += 1) {
        insist(arranged, service, newPost(arranged, `key ${job}`, { rows: 8, tenant: 'orders' }), 1);
      }
    });
  });
  return { world, rows: world.table.all(), forgotten };
}

const reports = ({ bucket }: World): [key: string, times: number][] =>
  [...bucket.written].filter(([key]) => key.startsWith('reports/'));

const SECONDS_BACK = Array.from({ length: 30 }, (_, step) => (step + 1) * 3);

/** What happened over all moments that the table went back to. */
async function everyMoment(how: {
  readonly locksLost: boolean;
}): Promise<{ reopened: number; forgotten: number; conflicts: number }> {
  const sum = { reopened: 0, forgotten: 0, conflicts: 0 };
  for (const seconds of SECONDS_BACK) {
    const { world, rows, forgotten } = await restored(seconds, how);
    const { history } = world.table;
    expect(
      rows.map(({ status }) => status),
      `${seconds} s back`,
    ).toEqual(Array.from({ length: JOBS }, () => 'done'));
    expect(
      reports(world).filter(([, times]) => times !== 1),
      `${seconds} s back`,
    ).toEqual([]);
    for (const row of rows) {
      if (!isReported(row)) throw new Error(`${row.id} has no report`);
      expect(world.bucket.written.has(row.report.key), `${seconds} s back`).toBe(true);
    }
    const back = history.findIndex(({ name }) => name === 'restore');
    const ended = new Set(history.slice(0, back).flatMap(({ id, name }) => (name === 'finishDone' ? [id] : [])));
    sum.reopened += history.filter(
      ({ id, name, after }) => name === 'restore' && ended.has(id) && isOpen(after),
    ).length;
    sum.forgotten += forgotten.length;
    sum.conflicts += history.filter(({ name }) => name === 'finishError').length;
  }
  return sum;
}

describe('a jobs table that goes back in time, at any of thirty moments', () => {
  it('ends every job as done, and no object is written twice', { timeout: 120_000 }, async () => {
    const { reopened, forgotten, conflicts } = await everyMoment({ locksLost: false });
    // The runs are about something: rows of ended jobs were open again, and jobs were forgotten.
    expect(reopened).toBeGreaterThan(10);
    expect(forgotten).toBeGreaterThan(10);
    expect(conflicts).toBe(0);
  });

  it('needs a redrive where the idempotency table is lost as well: nobody knows whose file stands there', {
    timeout: 120_000,
  }, async () => {
    const { reopened, conflicts } = await everyMoment({ locksLost: true });
    expect(conflicts).toBeGreaterThan(0);
    expect(conflicts).toBeLessThanOrEqual(reopened);
  });
});
