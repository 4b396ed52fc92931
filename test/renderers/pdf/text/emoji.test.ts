import { beforeAll, describe, expect, it } from 'vitest';
import type { Typeface } from '../../../../lambdas/renderers/pdf/text/typeface.ts';
import type { Typesetter } from '../../../../lambdas/renderers/pdf/text/typesetter.ts';
import { linesOf, POPPLER, render, texts, warned } from '../support.ts';
import { typesetting } from './support.ts';

let setter: Typesetter;
let typeface: Typeface;

beforeAll(async () => {
  ({ setter, typeface } = await typesetting());
});

const widthOf = (text: string): number => setter.line(text, typeface).width;

const SEQUENCES = {
  'a keycap': '1️⃣',
  'a skin tone': '👍🏽',
  'a family': '👩‍👩‍👧',
  'a profession': '👩🏾‍🚀',
  'a flag': '🇩🇪',
  'a rainbow flag': '🏳️‍🌈',
  'a sign shown as emoji': '☎️',
};

describe('an emoji', () => {
  it.each(Object.entries(SEQUENCES))('is one character as wide as another: %s', (_, text) => {
    expect(widthOf(text)).toBe(widthOf('🚀'));
    expect(widthOf(`${text}${text}`)).toBe(2 * widthOf('🚀'));
  });

  it('leaves spaces, digits and signs beside it as they are', () => {
    for (const text of [' ', '2', '#', ' 2 ', '-']) expect(widthOf(`🚀${text}`)).toBe(widthOf('🚀') + widthOf(text));
  });

  it.skipIf(!POPPLER)('is copied as it was written', async () => {
    const text = Object.values(SEQUENCES).join(' ');
    const pdf = await render({ tables: [texts([[text]])] });
    expect(linesOf(pdf)).toContain(text);
    expect(warned(pdf)).toEqual({});
  });
});
