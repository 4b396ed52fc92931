import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffSeconds } from '../../../lambdas/functions/worker/backoff.ts';

const numbers = { backoffBase: 5, backoffCap: 900 };

describe('the back-off', () => {
  it('is four times longer after each failure', () => {
    expect([1, 2, 3].map((failed) => backoffSeconds(failed, numbers, 0.5))).toEqual([5, 20, 80]);
  });

  it('spreads by half to either side, in whole seconds up to the cap, whatever the failure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (failed, random) => {
        const seconds = backoffSeconds(failed, numbers, random);
        const full = Math.min(5 * 4 ** (failed - 1), 600);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(Math.round(full / 2));
        expect(seconds).toBeLessThanOrEqual(Math.round(full * 1.5));
      }),
    );
  });

  it('spreads the same at the cap, so that an outage does not end in a stampede', () => {
    expect([0, 0.5, 1].map((random) => backoffSeconds(9, numbers, random))).toEqual([300, 600, 900]);
  });
});
