import { describe, expect, it } from 'vitest';
import { NAUGHTY_STRINGS } from '../../support/naughty-strings/index.ts';
import { POPPLER, render, textOf, texts } from './support.ts';

const STRINGS = NAUGHTY_STRINGS.filter((text) => text !== '');
/** As long as the schema lets a title be. */
const TITLES = STRINGS.map((text) => text.slice(0, 200));

describe('the Big List of Naughty Strings', () => {
  it('opens in cells, labels and groups, whether they wrap or not', async () => {
    const rows = STRINGS.map((text) => [text, text, text]);
    const columns = [
      { key: 'wrapped', label: STRINGS.at(-1)?.slice(0, 255) },
      { key: 'cut', wrap: false, align: 'right' },
      { key: 'narrow', width: 4, align: 'center' },
    ];
    const pdf = await render({ tables: [{ name: STRINGS[100]?.slice(0, 200), columns, groupBy: 'wrapped', rows }] });
    expect(pdf.rows).toBe(rows.length);
  });

  it('opens as values of every other type', async () => {
    const types = ['integer', 'number', 'currency', 'percent', 'boolean', 'date', 'datetime', 'duration', 'url'];
    const columns = types.map((type) => ({ key: type, type, currency: 'EUR', total: 'count' }));
    const pdf = await render({
      locale: 'he-IL',
      tables: [{ columns, rows: STRINGS.map((text) => types.map(() => text)) }],
    });
    expect(pdf.rows).toBe(STRINGS.length);
  });

  it.skipIf(!POPPLER)('opens as title, subtitle, heading, header and footer', { timeout: 120_000 }, async () => {
    // Eight at a time, each in one of the places, so that all of them have stood in all places after eight reports.
    for (const [i, title] of TITLES.entries()) {
      if (i % 8 !== 0) continue;
      const at = (shift: number): string => TITLES[(i + shift) % TITLES.length] as string;
      const pdf = await render({
        title,
        subtitle: at(1),
        layout: { header: `${at(2)}\t${at(3)}`, footer: `{page} ${at(4)} {pages}`, pdfA: i % 16 === 0 },
        tables: [
          { ...texts([['first']]), name: at(5) },
          { ...texts([['second']]), name: at(6) },
        ],
      });
      expect(textOf(pdf).join(' ')).toMatch(/first[\s\S]*second/);
    }
  });
});
