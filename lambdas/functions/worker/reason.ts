import { PermanentFailure, RetryableFailure } from '../../domain/failures.ts';
import type { JobError } from '../../domain/job.ts';

/** What the client may know of a failure. The message of a stranger's error may hold anything, so it is not told. */
export function reasonOf(cause: unknown): JobError {
  if (cause instanceof PermanentFailure) return { code: cause.code, detail: cause.message, retryable: false };
  if (cause instanceof RetryableFailure) return { code: cause.code, detail: cause.message, retryable: true };
  return {
    code: 'INTERNAL',
    detail: 'The report could not be made, for a reason inside the service.',
    retryable: true,
  };
}
