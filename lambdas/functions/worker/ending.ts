import { jobError, Outage, OutOfTime, PermanentFailure, RetryableFailure } from '../../domain/failures.ts';
import type { JobError, Report, ValidatedJob } from '../../domain/job.ts';
import { AlreadyRunning } from '../../domain/ports.ts';
import { type Attempt, CommittedLate, Overtaken, StartedLate, Unwanted } from './attempt.ts';

/** How a job finishes; small enough for the idempotency record, which remembers it. */
export type Outcome =
  | { readonly kind: 'done'; readonly report: Report }
  | { readonly kind: 'validated'; readonly validation: ValidatedJob['validation'] }
  | { readonly kind: 'error'; readonly error: JobError };

/** Every way in which an attempt can end. */
export type Ending =
  | Outcome
  /** Its client no longer wants it. Not remembered: the row says so to every later attempt. */
  | { readonly kind: 'cancelled' }
  /** To be tried again, now that this attempt has failed. */
  | { readonly kind: 'failed'; readonly reason: JobError; readonly cause: unknown }
  /** Something outside the job was in the way, so the attempt does not count. */
  | { readonly kind: 'hindered'; readonly cause: unknown }
  /** The same, where it is the idempotency lock of an earlier attempt: it is held for as long as that one could live. */
  | { readonly kind: 'locked'; readonly cause: unknown }
  /** Another attempt has the job: this one leaves everything as it is. */
  | { readonly kind: 'overtaken' };

/** What a failure means for the job. The only place that decides it. */
export function endingOf(cause: unknown, { job, settings, stopwatch }: Attempt): Ending {
  if (cause instanceof Overtaken) return { kind: 'overtaken' };
  if (cause instanceof Unwanted) return { kind: 'cancelled' };
  if (cause instanceof AlreadyRunning) return { kind: 'locked', cause };
  if (cause instanceof Outage || cause instanceof StartedLate) return { kind: 'hindered', cause };
  // A bucket that takes minutes for a part says nothing of the report's size.
  if (cause instanceof OutOfTime && stopwatch.waitedMostly) return { kind: 'hindered', cause };
  const reason = reasonOf(cause);
  const isLast = job.tries >= settings.maxAttempts;
  // One attempt after another that is late at its very end is no pause any more.
  if (cause instanceof CommittedLate && !isLast) return { kind: 'failed', reason, cause };
  return isLast || !reason.retryable ? { kind: 'error', error: reason } : { kind: 'failed', reason, cause };
}

/** Whether every other attempt would come to the same; only then is it remembered. */
export function isFinal(ending: Ending): ending is Outcome {
  if (ending.kind === 'done' || ending.kind === 'validated') return true;
  return ending.kind === 'error' && !ending.error.retryable;
}

/** What the client may know of a failure. The message of a stranger's error may hold anything, so it is not told. */
export function reasonOf(cause: unknown): JobError {
  if (cause instanceof OutOfTime) return jobError('TOO_LARGE', 'The report could not be made within the time limit.');
  if (cause instanceof PermanentFailure || cause instanceof RetryableFailure) {
    return jobError(cause.code, cause.message);
  }
  return jobError('INTERNAL', 'The report could not be made, for a reason inside the service.');
}
