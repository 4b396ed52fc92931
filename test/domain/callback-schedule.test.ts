import { expect, it } from 'vitest';
import { CALLBACK_TRIES, callbackWait } from '../../lambdas/domain/callback-schedule.ts';

const HOUR = 3600;

it('eight tries stretch over more than a day, the first at once', () => {
  const waits = Array.from({ length: CALLBACK_TRIES }, (_, made) => callbackWait(made, 0.5) ?? Number.NaN);
  expect(waits).toEqual([0, 5, 300, 1800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR]);
  expect(callbackWait(CALLBACK_TRIES, 0.5)).toBeUndefined();
});

it('a wait differs by a tenth at most', () => {
  expect(callbackWait(4, 0)).toBe(6480);
  expect(callbackWait(4, 1)).toBe(7920);
});
