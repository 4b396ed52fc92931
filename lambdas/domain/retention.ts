import { isReported, type Job } from './job.ts';

/**
 * Whether a job is past its retention, or its report is. The table's TTL and the bucket's lifecycle may take days to
 * remove what has expired, so the clock decides here.
 */
export function isGone(job: Job, now: number): boolean {
  const until = isReported(job) ? Math.min(job.reportExpiresAt, job.expiresAt) : job.expiresAt;
  return until * 1000 <= now;
}
