import { describe, expect, it } from 'vitest';
import { NAUGHTY_STRINGS } from '../../support/naughty-strings/index.ts';
import { RICH_REPORT } from '../xlsx/rich-report.ts';
import { manyRows, objectsOf, QPDF, render, type TestReport, texts } from './support.ts';
import { VERAPDF, violations } from './verapdf.ts';

/** What could break a rule: every column type, groups, many scripts, missing glyphs, an empty table, several pages. */
const REPORTS: Record<string, TestReport> = {
  rich: RICH_REPORT,
  scripts: {
    title: 'Ελληνικά · Русский · العربية · עברית · हिन्दी · ไทย · 中文 · 日本語 · 한국어',
    tables: [texts([['مرحبا (بكم)', 'שָׁלוֹם', 'नमस्ते', 'สวัสดี', '你好', '\u{10ffff}', '😀', '', null]])],
  },
  mirrored: { title: 'تقرير', locale: 'ar-EG', tables: [texts([['أ', 'ب']]), { columns: [{ key: 'a' }], rows: [] }] },
  long: { title: 'Long', tables: [{ columns: [{ key: 'a' }, { key: 'b' }], rows: manyRows(300) }] },
  naughty: {
    title: NAUGHTY_STRINGS.find((text) => text.length > 90)?.slice(0, 200) ?? '',
    tables: [texts(NAUGHTY_STRINGS.map((text) => [text]))],
  },
};

/** Everywhere that a text may run from right to left and has to tell its reading order: the rules of `ActualText`. */
const REORDERED = 'شركة النور (2024) for example, فازت';
Object.assign(REPORTS, {
  'reading order': {
    title: REORDERED,
    subtitle: REORDERED,
    layout: { header: REORDERED, carryTotals: true },
    tables: [
      {
        name: REORDERED,
        groupBy: 'g',
        columns: [
          { key: 'g', label: REORDERED },
          ...Array.from({ length: 14 }, (_, i) => ({ key: `t${i}`, label: `${REORDERED} ${i}` })),
          { key: 'n', type: 'integer', total: 'sum' },
        ],
        rows: Array.from({ length: 60 }, (_, i) => [
          `${REORDERED} ${i > 40}`,
          ...Array.from({ length: 14 }, () => REORDERED.repeat(i === 20 ? 60 : 1)),
          i,
        ]),
      },
    ],
  },
} satisfies Record<string, TestReport>);

function renderAll(layout: Record<string, unknown>) {
  return Promise.all(
    Object.entries(REPORTS).map(async ([name, report]) => {
      const own = (report.layout ?? {}) as Record<string, unknown>;
      return [name, await render({ ...report, layout: { ...own, ...layout } })] as const;
    }),
  ).then(Object.fromEntries);
}

const NONE = Object.fromEntries(Object.keys(REPORTS).map((name) => [name, []]));

describe.skipIf(!VERAPDF)('veraPDF', () => {
  it('finds no rule of PDF/UA-1 broken', { timeout: 120_000 }, async () => {
    expect(violations('ua1', await renderAll({ tagged: true }))).toEqual(NONE);
  });

  it('finds no rule of PDF/A-2b broken, tagged or not', { timeout: 120_000 }, async () => {
    const untagged = await render({ ...RICH_REPORT, layout: { pdfA: true, tagged: false } });
    const files = { ...(await renderAll({ pdfA: true })), untagged };
    expect(violations('2b', files)).toEqual({ ...NONE, untagged: [] });
  });
});

describe.skipIf(!QPDF)('a PDF/A', () => {
  it('says which colours it means, and which standard it keeps', async () => {
    const objects = objectsOf(await render({ tables: [texts([['a']])], layout: { pdfA: true } }));
    expect(objects).toMatch(/\/OutputIntents \[\s*<<[^>]*\/DestOutputProfile/);
    expect(objects).toContain('acsp');
    expect(objects).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>');
    expect(objects).toMatch(/\/ID \[ ?<[0-9a-f]{32}>/);
  });

  it('is not claimed where it was not asked for', async () => {
    const objects = objectsOf(await render({ tables: [texts([['a']])] }));
    expect(objects).not.toMatch(/OutputIntent|pdfaid:part/);
  });
});
