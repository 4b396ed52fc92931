import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withLibraries } from '../../../../lambdas/renderers/pdf/late-library.ts';
import { breakLines, brokenByRules, pieces, type Ruler } from '../../../../lambdas/renderers/pdf/text/break-lines.ts';

const word = fc.string({ unit: fc.constantFrom(...'aZ09,.éßŁΩяЖќ-/'), minLength: 1, maxLength: 8 });
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));

/** Every character is as wide as another. */
const RULER: Ruler = {
  hyphen: 1,
  width: (start, end) => end - start,
  cuts: (start, end) => ({
    ends: Array.from({ length: end - start }, (_, i) => start + i + 1),
    widths: new Array(end - start).fill(1),
  }),
};

function broken(text: string, room: number): string[] {
  return breakLines(text, room, RULER).map(({ start, end }) => text.slice(start, end));
}

describe('breaking lines', () => {
  it('cuts text where the rules of Unicode allow it, whether it asks their library or not', async () => {
    await withLibraries(() => [...brokenByRules('a b')]);
    fc.assert(
      fc.property(text, (paragraph) => {
        expect([...pieces(paragraph)]).toEqual([...brokenByRules(paragraph)]);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('puts as much on a line as there is room for', () => {
    expect(broken('one two three', 8)).toEqual(['one two', 'three']);
  });

  it('breaks a word that has no room on a line of its own', () => {
    expect(broken('a abcdefgh b', 4)).toEqual(['a', 'abcd', 'efgh', 'b']);
  });

  it('lets the last part of such a word have company', () => {
    expect(broken('abcdef b c', 4)).toEqual(['abcd', 'ef b', 'c']);
  });

  it('makes a line shorter that turns out wider than its parts', () => {
    const text = 'ab cd ef';
    const lines = breakLines(text, 8, { ...RULER, fits: (start, end) => end - start <= 5 });
    expect(lines.map(({ start, end }) => text.slice(start, end))).toEqual(['ab cd', 'ef']);
  });

  it('ends a line with a soft hyphen only where the hyphen has room', async () => {
    await withLibraries(() => [...brokenByRules('a b')]);
    expect(broken('ab\u00adcd\u00adef', 7)).toEqual(['ab\u00adcd\u00ad', 'ef']);
    expect(broken('ab\u00adcd\u00adef', 6)).toEqual(['ab\u00ad', 'cd\u00adef']);
  });

  it.each(['', ' ', 'a ', ' a'])('makes one line of %j', async (text) => {
    await withLibraries(() => [...brokenByRules('a b')]);
    expect(broken(text, 4)).toEqual([text.trimEnd()]);
  });
});
