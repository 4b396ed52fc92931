import { describe, expect, it } from 'vitest';
import type { DoneJob, Job, QueuedJob } from '../../lambdas/domain/job.ts';
import { isGone } from '../../lambdas/domain/retention.ts';

const queued = { status: 'queued', expiresAt: 200 } as QueuedJob;
const done = (reportExpiresAt: number) => ({ ...DRY, reportExpiresAt, report: {} }) as DoneJob;
/** A dry run makes no report. */
const DRY = { status: 'done', expiresAt: 200 } as Job;

describe('a job is gone', () => {
  it('when its row has expired, though TTL has not removed it yet', () => {
    expect(isGone(queued, 199_999)).toBe(false);
    expect(isGone(queued, 200_000)).toBe(true);
  });

  it('when its report has expired, or its row, whichever comes first', () => {
    expect(isGone(done(100), 99_999)).toBe(false);
    expect(isGone(done(100), 100_000)).toBe(true);
    expect(isGone(done(300), 199_999)).toBe(false);
    expect(isGone(done(300), 200_000)).toBe(true);
    expect(isGone(DRY, 199_999)).toBe(false);
    expect(isGone(DRY, 200_000)).toBe(true);
  });
});
