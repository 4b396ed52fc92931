import { jobError, PermanentFailure, RetryableFailure } from '../../domain/failures.ts';
import type { JobError, Report } from '../../domain/job.ts';
import { AlreadyRunning } from '../../domain/ports.ts';
import { type Attempt, Overtaken } from './attempt.ts';

/** How a job finishes; small enough for the idempotency record, which remembers it. */
export type Outcome =
  | { readonly kind: 'done'; readonly report: Report }
  | { readonly kind: 'error'; readonly error: JobError };

/** Every way in which an attempt can end. */
export type Ending =
  | Outcome
  /** To be tried again, now that this attempt has failed. */
  | { readonly kind: 'failed'; readonly reason: JobError; readonly cause: unknown }
  /** Nothing was tried: the idempotency lock of an earlier attempt is still held. */
  | { readonly kind: 'locked'; readonly cause: unknown }
  /** Another attempt has the job: this one leaves everything as it is. */
  | { readonly kind: 'overtaken' };

/** What a failure means for the job. The only place that decides it. */
export function endingOf(cause: unknown, { job, settings }: Attempt): Ending {
  if (cause instanceof Overtaken) return { kind: 'overtaken' };
  if (cause instanceof AlreadyRunning) return { kind: 'locked', cause };
  const reason = reasonOf(cause);
  if (job.tries < settings.maxAttempts) return { kind: 'failed', reason, cause };
  return { kind: 'error', error: reason };
}

/** What the client may know of a failure. The message of a stranger's error may hold anything, so it is not told. */
export function reasonOf(cause: unknown): JobError {
  if (cause instanceof PermanentFailure || cause instanceof RetryableFailure) {
    return jobError(cause.code, cause.message);
  }
  return jobError('INTERNAL', 'The report could not be made, for a reason inside the service.');
}
