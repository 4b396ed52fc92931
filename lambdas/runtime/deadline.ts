import type { Context } from 'aws-lambda';
import { PermanentFailure } from '../domain/failures.ts';

/**
 * Aborts when the invocation has only the margin left, so that a job that can never fit ends with a reason instead of
 * being killed again and again.
 */
export function deadlineOf(context: Context, marginSeconds: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const milliseconds = Math.max(0, context.getRemainingTimeInMillis() - marginSeconds * 1000);
  const timer = setTimeout(() => {
    controller.abort(new PermanentFailure('TOO_LARGE', 'The report could not be made within the time limit.'));
  }, milliseconds);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
