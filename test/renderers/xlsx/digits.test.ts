import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeNumber } from '../../../lambdas/renderers/xlsx/digits.ts';

const memory = new DataView(new ArrayBuffer(64));

function written(value: number): string {
  return Buffer.from(memory.buffer, 0, writeNumber(memory, 0, value)).toString();
}

it.each([
  [0, '0'],
  [-0, '0'],
  [7, '7'],
  [42, '42'],
  [999, '999'],
  [1000, '1000'],
  [10_000, '10000'],
  [99_999_999, '99999999'],
  [100_000_000, '100000000'],
  [100_000_001, '100000001'],
  [-1234.5, '-1234.5'],
  [0.01, '0.01'],
  [0.05, '0.05'],
  [12.3, '12.3'],
  [0.000001, '0.000001'],
  [99_999_999_999.99, '99999999999.99'],
  [1 / 3, '0.3333333333333333'],
  [0.1 + 0.2, '0.30000000000000004'],
  [2 ** 53, '9007199254740992'],
  [1e21, '1e+21'],
  [5e-324, '5e-324'],
  [2.71234567890123, '2.71234567890123'],
  [1 / 7, '0.14285714285714285'],
  [999_999 / 7, '142857'],
  [0.9999999999999999, '0.9999999999999999'],
  [9_999_999.999999998, '9999999.999999998'],
  [0.0078125001, '0.0078125001'],
])('%d is written as %s', (value, text) => expect(written(value)).toBe(text));

it('every number reads back as itself', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
        fc.maxSafeInteger(),
        fc.integer().map((n) => n / 1e6),
        fc.integer({ min: 0, max: 1e7 }).map((n) => n / 7),
        // The range of the fast form, and both of its ends.
        fc.double({ noNaN: true, min: 0.007, max: 1.1e7 }),
        fc.double({ noNaN: true, min: 0.001, max: 1 }),
      ),
      (value) => Number(written(value)) === value,
    ),
    { numRuns: 20_000 },
  );
});

it('in as few digits as `String` takes, or two more', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: 0.001, max: 1e8 }),
      (value) => written(value).length <= String(value).length + 2,
    ),
    { numRuns: 20_000 },
  );
});
