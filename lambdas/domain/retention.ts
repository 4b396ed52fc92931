import type { Job } from './job.ts';

/**
 * Whether a job is past its retention, or its report is. The table's TTL and the bucket's lifecycle may take days to
 * remove what has expired, so the clock decides here.
 */
export function isGone(job: Job, now: number): boolean {
  const until =
    job.status === 'done' && job.reportExpiresAt !== undefined
      ? Math.min(job.reportExpiresAt, job.expiresAt)
      : job.expiresAt;
  return until * 1000 <= now;
}
