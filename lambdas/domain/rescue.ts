import { jobError } from './failures.ts';
import { isAlive, isUnwanted, type JobError, type OpenJob } from './job.ts';

/** When an open job is beyond help. All in seconds. */
export interface RescueLimits {
  readonly maxAttempts: number;
  readonly queuedMaxAge: number;
  readonly queuedWait: number;
}

export type Rescue =
  | { readonly action: 'wait' }
  /** Send again, and look again at `sweepAt`. */
  | { readonly action: 'send'; readonly sweepAt: number }
  /** Its client wants it no more. */
  | { readonly action: 'cancel' }
  | { readonly action: 'finish'; readonly error: JobError };

/** What to do about an open job that is overdue, or whose message ended in the dead-letter queue. */
export function rescueOf(job: OpenJob, now: number, limits: RescueLimits): Rescue {
  if (isAlive(job, now)) return { action: 'wait' };
  if (isUnwanted(job)) return { action: 'cancel' };
  if (job.tries >= limits.maxAttempts) return { action: 'finish', error: exhausted(job) };
  if (now - Date.parse(job.openedAt) > limits.queuedMaxAge * 1000) return { action: 'finish', error: tooOld(job) };
  return { action: 'send', sweepAt: now + nextWait(job.sends, limits.queuedWait) * 1000 };
}

const LONGEST_WAIT_FACTOR = 3;

/**
 * How long to wait before sending again, in seconds: longer with every message, so that a backlog, in which messages
 * are late but not lost, is not made longer by the sweeper; and never so long that a message that was lost would break
 * the promise (docs/reliability.md).
 */
export function nextWait(sends: number, queuedWait: number): number {
  return queuedWait * Math.min(2 ** sends, LONGEST_WAIT_FACTOR);
}

function exhausted(job: OpenJob): JobError {
  if (job.status === 'processing' && job.lastFailure !== undefined) return job.lastFailure;
  return jobError(
    'WORKER_LOST',
    `The worker was lost in each of ${job.tries} attempts, by a crash, the time limit or the memory limit.`,
  );
}

function tooOld(job: OpenJob): JobError {
  const detail = `The job could not be finished within its time, after ${job.attempt} attempts.`;
  return jobError('EXPIRED_IN_QUEUE', detail);
}
