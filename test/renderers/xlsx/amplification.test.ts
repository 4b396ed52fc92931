import { describe, expect, it } from 'vitest';
import { xlsxRenderer } from '../../../lambdas/renderers/xlsx/index.ts';
import { batches, CREATED_AT, parts, render, sheetXml, warned } from './support.ts';

const MOST_COLUMNS = 16_384;
const columns = (count: number, spec: object = {}) =>
  Array.from({ length: count }, (_, i) => ({ key: `c${i}`, type: 'number' as const, ...spec }));

describe('what a small request asks for many times', () => {
  it('formats of many columns with many groups are for whole columns', async () => {
    const bars = columns(300, { total: 'sum', conditionalFormats: [{ type: 'dataBar' }] });
    const rows = Array.from({ length: 400 }, (_, i) => [i]);
    const xml = sheetXml(await render({ tables: [{ columns: bars, groupBy: 'c0', rows }] }));
    expect(xml).toContain('sqref="B4:B803"');
    expect(xml.match(/<conditionalFormatting /g)).toHaveLength(300);
  });

  it('no more number formats are written than Excel takes, and the client is told', async () => {
    const own = columns(400).map((column, i) => ({ ...column, format: `0.0" unit ${i}"` }));
    const workbook = await render({ tables: [{ columns: own, rows: [[1]] }] });
    expect(
      parts(workbook.bytes)
        .get('xl/styles.xml')
        ?.match(/<numFmt /g),
    ).toHaveLength(250);
    expect(Object.keys(warned(workbook))).toEqual(['FORMAT_IGNORED']);
  });

  it('columns that look the same share their styles', async () => {
    const workbook = await render({ tables: [{ columns: columns(5000), rows: [] }] });
    expect(parts(workbook.bytes).get('xl/styles.xml')?.length).toBeLessThan(8_000);
  });
});

it('20 tables of 13,000 columns take no more memory than a few, and let timers fire between', {
  timeout: 120_000,
}, async ({ expect: locally }) => {
  const tables = Array.from({ length: 20 }, () => ({ columns: columns(13_000) }));
  const report = { format: 'xlsx' as const, title: 'Wide', locale: 'en-US', timeZone: 'UTC', tables, layout: {} };
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  const context = { signal: new AbortController().signal, createdAt: CREATED_AT };
  const before = process.memoryUsage().rss;
  let most = 0;
  const sink = {
    async write() {
      most = Math.max(most, process.memoryUsage().rss - before);
    },
  };
  await xlsxRenderer.render(
    report,
    tables.map(() => batches([[1]])),
    sink,
    context,
  );
  clearInterval(timer);
  locally(turns).toBeGreaterThan(20);
  locally(most / 2 ** 20).toBeLessThan(400);
});

it('rows without cells are rows of all columns, and their bytes are bounded by them', async () => {
  const rows = Array.from({ length: 100 }, () => []);
  const { bytes } = await render({ tables: [{ columns: columns(MOST_COLUMNS), rows }] });
  expect(bytes.length).toBeLessThan(MOST_COLUMNS * 100);
});
