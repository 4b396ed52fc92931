import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../lambdas/domain/cells.ts';
import { objectsOf, POPPLER, QPDF } from '../pdf/support.ts';
import { paperOfPages, paperOfSheet, renderBoth, warningsOf } from './both.ts';
import { sides, totals } from './columns-page.ts';

function table(columns: number, spec: Record<string, unknown> = {}, cells: readonly Cell[] = ['x']) {
  return {
    columns: Array.from({ length: columns }, (_, i) => ({ key: `c${i}`, ...spec })),
    rows: [Array.from({ length: columns }, (_, i) => cells[i % cells.length] as Cell)],
  };
}

describe.skipIf(!POPPLER)('one request as XLSX and as PDF', () => {
  it.each(['en-US', 'he-IL', 'ar-EG'])('each type of column stands at the same side in %s', async (locale) => {
    const { xlsx, pdf } = await sides(locale);
    expect(pdf).toEqual(xlsx);
  });

  it('each type of column has the same totals', async () => {
    const { xlsx, pdf } = await totals();
    expect(pdf).toEqual(xlsx);
    for (const made of xlsx.values()) expect(made).toContain('count');
  });
});

describe.skipIf(!QPDF)('one request as XLSX and as PDF', () => {
  it.each([
    { locale: 'en-US', paper: 'Letter' },
    { locale: 'es-MX', paper: 'Letter' },
    { locale: 'fr-CA', paper: 'Letter' },
    { locale: 'fil', paper: 'Letter' },
    { locale: 'de-DE', paper: 'A4' },
    { locale: 'ja', paper: 'A4' },
    { locale: 'he-IL', paper: 'A4' },
  ])('in $locale both are for $paper where none is asked for', async ({ locale, paper }) => {
    const { xlsx, pdf } = await renderBoth({ locale, tables: [table(2)] });
    expect(paperOfSheet(xlsx)).toEqual({ paper, orientation: 'portrait' });
    expect(paperOfPages(objectsOf(pdf))).toEqual({ paper, orientation: 'portrait' });
  });

  it.each([
    { columns: 6, asked: undefined, orientation: 'portrait' },
    { columns: 7, asked: undefined, orientation: 'landscape' },
    { columns: 7, asked: 'portrait', orientation: 'portrait' },
    { columns: 2, asked: 'landscape', orientation: 'landscape' },
  ])('$columns columns with orientation $asked lie $orientation in both', async ({ columns, asked, orientation }) => {
    const layout = { page: 'A3', orientation: asked };
    const { xlsx, pdf } = await renderBoth({ layout, tables: [table(columns)] });
    expect(paperOfSheet(xlsx)).toEqual({ paper: 'A3', orientation });
    expect(paperOfPages(objectsOf(pdf))).toEqual({ paper: 'A3', orientation });
  });
});

describe('what cannot be', () => {
  it.each([
    ['a total that the type has not', { type: 'text', total: 'sum' }, 'TOTAL_IGNORED'],
    ['a sum of days', { type: 'date', total: 'sum' }, 'TOTAL_IGNORED'],
    ['an impossible format', { type: 'number', format: '0.00"' }, 'FORMAT_IGNORED'],
  ])('%s is the same warning in both', async (_, spec, code) => {
    const { xlsx, pdf } = await renderBoth({ tables: [{ name: 'Orders', ...table(2, spec) }] });
    const other = warningsOf({ ...xlsx, warnings: xlsx.warnings.filter((w) => w.code !== 'VALUE_KEPT_AS_TEXT') });
    expect(warningsOf(pdf)).toEqual(other);
    expect(other).toEqual([expect.stringContaining(`${code} × 2: `)]);
    expect(other[0]).toContain('"c0" of "Orders"');
  });
});
