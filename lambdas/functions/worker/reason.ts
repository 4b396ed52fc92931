import { jobError, PermanentFailure, RetryableFailure } from '../../domain/failures.ts';
import type { JobError } from '../../domain/job.ts';

/** What the client may know of a failure. The message of a stranger's error may hold anything, so it is not told. */
export function reasonOf(cause: unknown): JobError {
  if (cause instanceof PermanentFailure || cause instanceof RetryableFailure) {
    return jobError(cause.code, cause.message);
  }
  return jobError('INTERNAL', 'The report could not be made, for a reason inside the service.');
}
