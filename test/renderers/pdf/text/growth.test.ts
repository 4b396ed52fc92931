import { beforeAll, describe, expect, it } from 'vitest';
import { directionsOf, inVisualOrder, levelsOfLine } from '../../../../lambdas/renderers/pdf/text/bidi/levels.ts';
import { breakLines } from '../../../../lambdas/renderers/pdf/text/break-lines.ts';
import { graphemes, words } from '../../../../lambdas/renderers/pdf/text/graphemes.ts';
import { runsOf } from '../../../../lambdas/renderers/pdf/text/itemize.ts';
import { flatText, splitParagraphs } from '../../../../lambdas/renderers/pdf/text/paragraphs.ts';
import type { Typeface } from '../../../../lambdas/renderers/pdf/text/typeface.ts';
import type { Typesetter } from '../../../../lambdas/renderers/pdf/text/typesetter.ts';
import { typesetting } from './support.ts';

/** Texts that took time by the square of their length, or ran out of stack, somewhere; each is repeated. */
const WORST: Readonly<Record<string, (length: number) => string>> = {
  'word joiners': repeated('\u2060'),
  'zero width joiners': repeated('\u200d'),
  'isolates that nothing closes': repeated('\u2067'),
  'closed isolates': repeated('\u2067a\u2069'),
  'isolates by their first letter': repeated('\u2068. '),
  'embeddings and their ends': repeated('\u202bא\u202c'),
  'digits after a letter from right to left': (length) => `א${'1'.repeat(length - 1)}`,
  'signs after a letter from right to left': (length) => `ا${'1+$'.repeat(length / 3)}`,
  'letters of two directions in turn': repeated('aא'),
  'brackets that nothing closes': repeated('א('),
  'brackets of both directions': repeated('(א)[a]'),
  'marks on one letter': (length) => `a${'\u0301'.repeat(length - 1)}`,
  'marks on a letter from right to left': (length) => `א${'\u05b0'.repeat(length - 1)}`,
  'letters that join': repeated('ب'),
  'words from right to left': repeated('سلام '),
  'one long word': repeated('a'),
  'plain words': repeated('lorem '),
  'words and stops': repeated('a., '),
  spaces: repeated(' '),
  'tabs and line ends': repeated('\t\n'),
  'an address': (length) => `http://x/${'a/'.repeat(length / 2)}`,
  'soft hyphens': repeated('ab\u00ad'),
  'a script without spaces': repeated('สวัสดีครับ'),
  'stacked syllables': repeated('हिन्दी'),
  'emoji of several characters': repeated('👩‍👩‍👧'),
  flags: repeated('🇩🇪'),
  'letters beyond the first plane': repeated('𝒜𞤀'),
  'characters that no font has': repeated('\u{f0000}\u{f0001}\u0378'),
  'signs of many fonts': repeated('≤√┌฿☎️漢ଓ'),
};

function repeated(unit: string): (length: number) => string {
  return (length) => unit.repeat(length / unit.length);
}

/** How much more a character may cost in a long text than in a short one. By the square it would cost 100 or 16 times. */
const MOST_GROWTH = 5;

let setter: Typesetter;
let typeface: Typeface;

beforeAll(async () => {
  ({ setter, typeface } = await typesetting());
});

describe.each(Object.entries(WORST))('the cost of a character among %s', (_, make) => {
  it('does not grow from 10 KB to 1 MB in the rules of direction, of lines and of characters', () => {
    expect(growth(make, 10_000, 1_000_000, rules)).toBeLessThan(MOST_GROWTH);
  });

  it('does not grow from 5 KB to 80 KB where text is shaped and set, whether it wraps or not', () => {
    expect(growth(make, 5000, 80_000, set)).toBeLessThan(MOST_GROWTH);
  });
});

describe('text on one line', () => {
  it('is not shaped beyond what has room', () => {
    const text = 'سلام '.repeat(200_000);
    setter.fitted(text, typeface, 10_000);
    const whole = cpu(() => setter.fitted(text, typeface, 10_000));
    const start = cpu(() => setter.fitted(text.slice(0, 1000), typeface, 10_000));
    expect(whole).toBeLessThan(20 * start + 100);
  });
});

function rules(text: string): void {
  for (const paragraph of splitParagraphs(text)) {
    const directions = directionsOf(paragraph, 0);
    const levels = levelsOfLine(directions, 0, paragraph.length);
    inVisualOrder(Array.from(levels, (level) => ({ level })));
  }
  flatText(text);
  graphemes(text);
  for (const _ of words(text));
  breakLines(text, 80, {
    hyphen: 1,
    width: (start, end) => end - start,
    cuts: (start, end) => ({
      ends: Uint32Array.from({ length: end - start }, (_, i) => start + i + 1),
      widths: new Uint8Array(end - start).fill(1),
    }),
    fits: (start, end) => end - start <= 78,
  });
}

function set(text: string): void {
  runsOf(text, undefined, typeface);
  setter.wrapped(text, typeface, 30_000);
  setter.fitted(text, typeface, 30_000);
  setter.measure(text, typeface);
}

/** How much a character costs more in the long text. */
function growth(make: (length: number) => string, short: number, long: number, work: (text: string) => void): number {
  const [few, many] = [make(short), make(long)];
  const repeats = 8;
  work(few);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repeats; i += 1)
    least = Math.min(
      least,
      cpu(() => work(few)),
    );
  return cpu(() => work(many)) / many.length / (Math.max(least, 1) / few.length);
}

/** CPU time in milliseconds. */
function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
