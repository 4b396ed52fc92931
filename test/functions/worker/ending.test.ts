import { describe, expect, it } from 'vitest';
import { Outage, OutOfTime, PermanentFailure, RetryableFailure } from '../../../lambdas/domain/failures.ts';
import type { ProcessingJob } from '../../../lambdas/domain/job.ts';
import { AlreadyRunning } from '../../../lambdas/domain/ports.ts';
import {
  type Attempt,
  CommittedLate,
  Overtaken,
  StartedLate,
  Unwanted,
} from '../../../lambdas/functions/worker/attempt.ts';
import { type Ending, endingOf, isFinal } from '../../../lambdas/functions/worker/ending.ts';
import { Heartbeat } from '../../../lambdas/functions/worker/heartbeat.ts';
import { Stopwatch } from '../../../lambdas/functions/worker/stopwatch.ts';
import { queuedRow } from '../../contracts/job-table/rows.ts';
import { ManualClock } from '../../support/memory/clock.ts';
import { MemoryLog } from '../../support/memory/log.ts';
import { SETTINGS } from '../../support/settings.ts';

const REPORT = { key: 'k', contentType: 't', sizeBytes: 1, sha256: 'h', rows: 2, warnings: [] };

function endOf(cause: unknown, tries = 1, waitedMostly = false): Ending {
  const attempt = { job: { tries }, settings: SETTINGS, stopwatch: { waitedMostly } };
  return endingOf(cause, attempt as unknown as Attempt);
}

describe('what stopped an attempt decides how it ends', () => {
  it.each<[string, unknown, Ending['kind']]>([
    ['another attempt', new Overtaken(), 'overtaken'],
    ['its client', new Unwanted(), 'cancelled'],
    ['the lock of another', new AlreadyRunning('held'), 'locked'],
    ['a service that is away', new Outage('away'), 'hindered'],
    ['a late start', new StartedLate('late'), 'hindered'],
    ['what may heal', new RetryableFailure('UPLOAD_CONFLICT', 'Again.'), 'failed'],
    ['what nobody named', new Error('?'), 'failed'],
    ['what never heals', new PermanentFailure('REQUEST_LOST', 'Gone.'), 'error'],
    ['its deadline', new OutOfTime('late'), 'error'],
    ['its deadline, when the file was written', new CommittedLate('late'), 'failed'],
  ])('%s', (_, cause, kind) => {
    const ending = endOf(cause);
    expect(ending.kind).toBe(kind);
    if ('cause' in ending) expect(ending.cause).toBe(cause);
  });

  it('at the last try all that failed is an error, and what hindered it still is none', () => {
    const may = new RetryableFailure('UPLOAD_CONFLICT', 'Again.');
    expect(endOf(may, SETTINGS.maxAttempts - 1).kind).toBe('failed');
    expect(endOf(may, SETTINGS.maxAttempts)).toMatchObject({ kind: 'error', error: { code: 'UPLOAD_CONFLICT' } });
    const late = endOf(new CommittedLate('late'), SETTINGS.maxAttempts);
    expect(late).toMatchObject({ kind: 'error', error: { code: 'TOO_LARGE' } });
    expect(endOf(new Error('secret'), SETTINGS.maxAttempts)).toEqual({
      kind: 'error',
      error: { code: 'INTERNAL', retryable: true, detail: expect.stringMatching(/^The report could not be made, for/) },
    });
    expect(endOf(new Outage('away'), SETTINGS.maxAttempts).kind).toBe('hindered');
  });

  it('time that the bucket took says nothing of the size of the report', () => {
    expect(endOf(new OutOfTime('late'), 1, true).kind).toBe('hindered');
    expect(endOf(new Error('?'), 1, true).kind).toBe('failed');
    expect(endOf(new OutOfTime('late'))).toMatchObject({
      error: {
        code: 'TOO_LARGE',
        retryable: false,
        detail: expect.stringMatching(/^The report could not be made within/),
      },
    });
  });

  it('only what every attempt would come to is remembered', () => {
    const validation = { passed: true, rows: 1, faultCount: 0, faults: [] };
    expect(isFinal({ kind: 'done', report: REPORT })).toBe(true);
    expect(isFinal({ kind: 'validated', validation })).toBe(true);
    expect(isFinal(endOf(new PermanentFailure('REQUEST_LOST', 'Gone.')))).toBe(true);
    expect(isFinal(endOf(new Error('?'), SETTINGS.maxAttempts))).toBe(false);
    for (const cause of [
      new Overtaken(),
      new Unwanted(),
      new AlreadyRunning('held'),
      new Outage('away'),
      new Error('?'),
    ])
      expect(isFinal(endOf(cause))).toBe(false);
  });
});

describe('a stopwatch', () => {
  it('tells how long it runs, and whether most of that was waiting', async () => {
    const clock = new ManualClock();
    const stopwatch = new Stopwatch(clock);
    clock.advance(10);
    expect(await stopwatch.wait(async () => clock.advance(10))).toBeUndefined();
    expect(stopwatch.seconds).toBe(20);
    expect(stopwatch.waitedMostly).toBe(false);
    const failing = stopwatch.wait(async () => {
      clock.advance(1);
      throw new Error('away');
    });
    await expect(failing).rejects.toThrow('away');
    expect(stopwatch.waitedMostly).toBe(true);
  });
});

describe('a heartbeat', () => {
  const job = { ...queuedRow({ id: 'j' }), status: 'processing', attempt: 1 } as unknown as ProcessingJob;
  const beating = (answer: () => Promise<unknown>) => {
    const clock = new ManualClock();
    const log = new MemoryLog();
    const told: unknown[] = [];
    const jobs = {
      change: async (_: string, { set }: { set: { progress: unknown } }) => {
        told.push(set.progress);
        return answer();
      },
    };
    return { clock, log, told, heart: new Heartbeat(job, { jobs, clock, log } as never) };
  };

  it('is told every two seconds at most', async () => {
    const { heart, clock, told } = beating(async () => ({ applied: true, job }));
    for (const seconds of [1.999, 0.001, 1.999, 0.001]) {
      clock.advance(seconds);
      heart.report({ rowsWritten: clock.now() });
      await heart.stop();
    }
    expect(told).toHaveLength(2);
    expect(heart.signal.aborted).toBe(false);
  });

  it('is never told twice at a time, and what is under way is waited for', async () => {
    let answer: (value: object) => void = () => {};
    const { heart, clock, told } = beating(() => new Promise((resolve) => (answer = resolve)));
    clock.advance(2);
    heart.report({ rowsWritten: 1 });
    clock.advance(2);
    heart.report({ rowsWritten: 2 });
    expect(told).toEqual([{ rowsWritten: 1 }]);
    let isStopped = false;
    const stopped = heart.stop().then(() => {
      isStopped = true;
    });
    await new Promise(setImmediate);
    expect(isStopped).toBe(false);
    answer({ applied: true, job });
    await stopped;
    heart.report({ rowsWritten: 3 });
    expect(told).toEqual([{ rowsWritten: 1 }, { rowsWritten: 3 }]);
  });

  it('stops the work of an attempt that was overtaken, or that nobody wants any more', async () => {
    for (const [answer, reason] of [
      [{ applied: false, job: undefined }, Overtaken],
      [{ applied: true, job: { ...job, cancelRequestedAt: '2026-01-05T09:00:00.000Z' } }, Unwanted],
    ] as const) {
      const { heart, clock } = beating(async () => answer);
      clock.advance(2);
      heart.report({ rowsWritten: 1 });
      await heart.stop();
      expect(heart.signal.reason).toBeInstanceOf(reason);
    }
  });

  it('that is missed stops nothing, and is told of', async () => {
    const { heart, clock, log } = beating(() => Promise.reject(new Outage('away')));
    clock.advance(2);
    heart.report({ rowsWritten: 1 });
    await heart.stop();
    expect(heart.signal.aborted).toBe(false);
    expect(log.lines).toMatchObject([{ level: 'error', event: 'heartbeat missed', fields: { jobId: 'j' } }]);
  });
});
