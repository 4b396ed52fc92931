import { describe, expect, it } from 'vitest';
import { jobError } from '../../lambdas/domain/failures.ts';
import { logAbout, measuresOfEnd, secondsSince } from '../../lambdas/domain/measures.ts';
import { NOW, queuedRow } from '../contracts/job-table/rows.ts';
import { MemoryLog } from '../support/memory/log.ts';

const JOB = { openedAt: new Date(NOW - 90_500).toISOString(), attempt: 2 };
const REPORT = { key: 'k', contentType: 't', sizeBytes: 9, sha256: 'h', rows: 4, warnings: [] };

describe('what the end of a job measures', () => {
  it('is its time, its attempts, and what it made', () => {
    expect(measuresOfEnd(JOB, NOW, { report: REPORT })).toEqual({
      ...{ Attempts: 2, JobSeconds: 90.5, Done: 1, Rows: 4, Bytes: 9 },
    });
    expect(measuresOfEnd(JOB, NOW, { validation: { passed: true, rows: 5, faultCount: 0, faults: [] } })).toEqual({
      ...{ Attempts: 2, JobSeconds: 90.5, Done: 1, Rows: 5 },
    });
  });

  it('is a failure, and a fault of the service only where it is one', () => {
    expect(measuresOfEnd(JOB, NOW, { error: jobError('WORKER_LOST', 'Lost.') })).toEqual({
      ...{ Attempts: 2, JobSeconds: 90.5, Failed: 1, Faults: 1 },
    });
    expect(measuresOfEnd(JOB, NOW, { error: jobError('TOO_LARGE', 'It is.') })).toMatchObject({ Faults: 0 });
  });

  it('is never less than nothing, whatever the clocks say', () => {
    expect(secondsSince(new Date(NOW).toISOString(), NOW + 1500)).toBe(1.5);
    expect(secondsSince(new Date(NOW).toISOString(), NOW - 1)).toBe(0);
  });
});

it('every line about a job names it, and the call that it came by', () => {
  const log = new MemoryLog();
  const cause = new Error('why');
  const about = logAbout(log, queuedRow({ id: 'j', requestId: 'call' }));
  about.info('a', { x: 1 });
  about.warn('b');
  about.error('c', { x: 2 }, cause);
  about.measure('d', { x: 3 }, { Done: 1 });
  const named = { jobId: 'j', generation: 1, requestId: 'call' };
  expect(log.lines).toEqual([
    { level: 'info', event: 'a', fields: { ...named, x: 1 } },
    { level: 'warn', event: 'b', fields: named },
    { level: 'error', event: 'c', fields: { ...named, x: 2 }, cause },
    { level: 'info', event: 'd', fields: { ...named, x: 3 }, measures: { Done: 1 } },
  ]);
});
