import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FallbackFonts } from '../../../lambdas/renderers/pdf/fonts/fallback.ts';
import { Subset } from '../../../lambdas/renderers/pdf/fonts/subset.ts';
import { NumberSetter } from '../../../lambdas/renderers/pdf/text/number-setter.ts';
import { Typeface } from '../../../lambdas/renderers/pdf/text/typeface.ts';
import { displayOf } from '../../../lambdas/renderers/table/display.ts';
import { conventionsOf } from '../../../lambdas/renderers/values/locale.ts';

const value = fc.oneof(
  fc.integer({ min: -21_000_000, max: 21_000_000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.integer({ min: -200_000, max: 200_000 }).map((thousandths) => thousandths / 1000),
  fc.constantFrom(0, -0, 0.005, -0.005, 1.005, 999.995, 9999, 10_000, 99_999.5, 20_000_000.01),
);

describe.each(['en-US', 'de-DE', 'es-ES', 'en-IN', 'fr-CH', 'sv-SE', 'pl-PL'])('a number set in %s', (tag) => {
  it.each(['integer', 'number'] as const)('is what its text would be, as %s', (type) => {
    const locale = conventionsOf(tag);
    const subset = new Subset(1);
    const typeface = new Typeface(
      'regular',
      () => subset,
      new FallbackFonts(tag),
      () => {},
    );
    const display = displayOf({ key: 'n', type }, locale, 'UTC');
    const numbers = NumberSetter.for(display.decimal, typeface) as NumberSetter;
    const codes = new Uint8Array(16);
    fc.assert(
      fc.property(value, (number) => {
        const start = numbers.set(number, codes, 16);
        const slots = [...display.cell(number)].map((sign) => typeface.slot(sign.charCodeAt(0)));
        expect([...codes.subarray(start)]).toEqual(slots.map((slot) => slot & 0xff));
        expect(numbers.width).toBe(slots.reduce((sum, slot) => sum + (slot >>> 18), 0));
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('is left to its text where it is too long', () => {
    const locale = conventionsOf(tag);
    const typeface = new Typeface(
      'regular',
      () => new Subset(1),
      new FallbackFonts(tag),
      () => {},
    );
    const numbers = NumberSetter.for(displayOf({ key: 'n', type: 'number' }, locale, 'UTC').decimal, typeface);
    expect(numbers?.set(1e15, new Uint8Array(16), 16)).toBe(-1);
    expect(numbers?.set(Number.NaN, new Uint8Array(16), 16)).toBe(-1);
    expect(numbers?.set(Number.POSITIVE_INFINITY, new Uint8Array(16), 16)).toBe(-1);
  });
});
