import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutOfTime } from '../../lambdas/domain/failures.ts';
import { deadlineOf } from '../../lambdas/runtime/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const invocation = (seconds: number) => ({ getRemainingTimeInMillis: () => seconds * 1000 });

describe('the deadline of an invocation', () => {
  it('comes when only the margin is left, and not before', () => {
    const { signal } = deadlineOf(invocation(300), 30);
    vi.advanceTimersByTime(269_999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toBeInstanceOf(OutOfTime);
  });

  it('has come when less than the margin is left', () => {
    const { signal } = deadlineOf(invocation(20), 30);
    vi.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
  });

  it('does not come when it was cleared, so that the next invocation keeps its time', () => {
    const { signal, clear } = deadlineOf(invocation(300), 30);
    clear();
    vi.advanceTimersByTime(300_000);
    expect(signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
