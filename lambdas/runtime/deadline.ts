import type { Context } from 'aws-lambda';
import { OutOfTime } from '../domain/failures.ts';

type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;

/**
 * Aborts with `OutOfTime` when the invocation has only the margin left, so that a job that can never fit ends with a
 * reason instead of being killed again and again.
 */
export function deadlineOf(invocation: Invocation, marginSeconds: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const milliseconds = Math.max(0, invocation.getRemainingTimeInMillis() - marginSeconds * 1000);
  const timer = setTimeout(() => controller.abort(new OutOfTime('Only the margin is left.')), milliseconds);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
