import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linesOf, POPPLER, render, texts, warned } from './support.ts';

const LANGUAGES = 'node_modules/i18n-iso-countries/langs';

/** The names of all countries in every language that the package has. */
function countryNames(): [language: string, names: string[]][] {
  return readdirSync(LANGUAGES).map((file) => {
    const { locale, countries } = JSON.parse(readFileSync(`${LANGUAGES}/${file}`, 'utf8'));
    const names = Object.values<string | string[]>(countries).flat();
    return [locale, names.map((name) => name.trim().replace(/\s+/g, ' '))];
  });
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur']);

describe.skipIf(!POPPLER)('copied text', () => {
  it.each([
    { direction: 'left to right', locale: 'en-US', rightToLeft: false },
    { direction: 'right to left', locale: 'ar-EG', rightToLeft: true },
  ])('is the original, for the names of all countries in the languages written $direction', async (written) => {
    const all = countryNames().filter(([language]) => RIGHT_TO_LEFT.has(language) === written.rightToLeft);
    const rows = all.flatMap(([, names]) => names.map((name) => [name]));
    const pdf = await render({ title: 'Countries', locale: written.locale, tables: [texts(rows)] });
    // Between words of two directions, and beside punctuation, poppler drops spaces of lines from right to left.
    const plain = (line: string): string => (written.rightToLeft ? line.replaceAll(' ', '') : line);
    const lines = new Set(linesOf(pdf).map(plain));
    const lost = rows.flat().filter((name) => !lines.has(plain(name)));
    expect(lost).toEqual([]);
    expect(warned(pdf)).toEqual({});
  });
});
