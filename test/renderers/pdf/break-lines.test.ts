import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withLibraries } from '../../../lambdas/renderers/pdf/late-library.ts';
import { breakLines, brokenByRules, pieces } from '../../../lambdas/renderers/pdf/text/break-lines.ts';

const word = fc.string({ unit: fc.constantFrom(...'aZ09,.éßŁΩяЖќ-/'), minLength: 1, maxLength: 8 });
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));

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
    expect(breakLines('one two three', 8, (piece) => piece.length)).toEqual(['one two', 'three']);
  });

  it('breaks a word that has no room on a line of its own', () => {
    expect(breakLines('a abcdefgh b', 4, (piece) => piece.length)).toEqual(['a', 'abcd', 'efgh', 'b']);
  });
});
