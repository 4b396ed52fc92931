import { describe, expect, it } from 'vitest';
import type { Row } from '../../../lambdas/domain/rendering.ts';
import { PDFINFO, tablesOf } from '../pdf/structure.ts';
import type { Pdf } from '../pdf/support.ts';
import { cellXml, type Workbook, warned } from '../xlsx/support.ts';
import { renderBoth } from './both.ts';

interface Table {
  readonly columns: readonly Record<string, unknown>[];
  readonly groupBy?: string;
  readonly rows: readonly Row[];
}

/** The formula, the value and the text of a cell, as far as it has them. */
function cellOf(workbook: Workbook, at: string): { formula?: string; value?: string } {
  const xml = cellXml(workbook).get(at) ?? '';
  const [formula, value] = [/<f>(.*?)<\/f>/.exec(xml)?.[1], /<(?:v|t)\b[^>]*>(.*?)<\/(?:v|t)>/.exec(xml)?.[1]];
  return { ...(formula !== undefined && { formula }), ...(value !== undefined && { value }) };
}

const lastRow = (pdf: Pdf): string[] | undefined => tablesOf(pdf)[0]?.at(-1);

function render(table: Table, locale = 'en-US') {
  return renderBoth({ locale, tables: [table] });
}

const NAME = { key: 'name' };
const names = (cells: readonly (string | number | null)[]): Row[] => cells.map((cell, i) => [`n${i}`, cell]);

describe.runIf(PDFINFO)('a total', () => {
  it('counts negative durations, which a sheet holds as text, in both files', async () => {
    const columns = [NAME, { key: 'd', type: 'duration', total: 'sum' }];
    const { xlsx, pdf } = await render({ columns, rows: names(['PT2H', '-PT30M', 'PT1H']) });
    expect(cellOf(xlsx, 'B7')).toEqual({ value: String(2.5 / 24) });
    expect(lastRow(pdf)).toEqual(['Total', '2:30:00']);
    expect(warned(xlsx)).toEqual({ VALUE_KEPT_AS_TEXT: 1, TOTAL_WITHOUT_FORMULA: 1 });
  });

  it('below zero is text in a sheet, as it reads in the PDF', async () => {
    const columns = [NAME, { key: 'd', type: 'duration', total: 'sum' }];
    const { xlsx, pdf } = await render({ columns, rows: names(['PT2H', '-PT3H']) });
    expect(cellOf(xlsx, 'B6')).toEqual({ value: '-1:00:00' });
    expect(lastRow(pdf)).toEqual(['Total', '-1:00:00']);
  });

  it('finds the earliest day before 1900', async () => {
    const columns = [NAME, { key: 'd', type: 'date', total: 'min' }];
    const { xlsx, pdf } = await render({ columns, rows: names(['1899-12-31', '2001-01-01']) });
    expect(cellOf(xlsx, 'B6')).toEqual({ value: '12/31/1899' });
    expect(lastRow(pdf)).toEqual(['Total', '12/31/1899']);
  });

  it('is a formula again where its cells are numbers, and in groups where theirs are', async () => {
    const columns = [
      { key: 'g', type: 'text' },
      { key: 'd', type: 'duration', total: 'sum' },
      { key: 'k', total: 'count' },
    ];
    const rows = [
      ['a', 3600, 'x'],
      ['b', -1800, 'x'],
    ];
    const { xlsx } = await render({ columns, groupBy: 'g', rows });
    expect(cellOf(xlsx, 'B5').formula).toBe('SUBTOTAL(9,B4:B4)');
    expect(cellOf(xlsx, 'B7')).toEqual({ value: '-0:30:00' });
    expect(cellOf(xlsx, 'B8')).toEqual({ value: String(1 / 48) });
    expect(cellOf(xlsx, 'C8').formula).toBe('SUBTOTAL(3,C4:C6)');
  });

  it('tells of the cells that it leaves out', async () => {
    const columns = [NAME, { key: 'n', type: 'number', total: 'average' }];
    const { xlsx, pdf } = await render({ columns, rows: names([1, 'n/a', null, 2, '?']) });
    expect(warned(xlsx)).toEqual({ VALUE_KEPT_AS_TEXT: 2, TOTAL_INCOMPLETE: 1 });
    expect(warned(pdf)).toEqual({ TOTAL_INCOMPLETE: 1 });
    expect(pdf.warnings[0]?.detail).toBe(
      'The average of column "n" of "Report" leaves out 2 cells that hold no value of its type.',
    );
  });

  it('that no number can hold is the same error in both files, and told', async () => {
    const columns = [NAME, { key: 'n', type: 'number', total: 'sum' }];
    const { xlsx, pdf } = await render({ columns, rows: names([1e308, 1e308]) });
    expect(cellOf(xlsx, 'B6')).toEqual({ formula: 'SUBTOTAL(9,B4:B5)', value: '#NUM!' });
    expect(lastRow(pdf)).toEqual(['Total', '#NUM!']);
    expect([warned(xlsx), warned(pdf)]).toEqual([{ TOTAL_TOO_LARGE: 1 }, { TOTAL_TOO_LARGE: 1 }]);
  });

  it('of an empty table is there in both files', async () => {
    const columns = [NAME, { key: 'n', type: 'number', total: 'sum' }, { key: 'k', total: 'count' }];
    const { xlsx, pdf } = await render({ columns, rows: [] });
    expect(['A5', 'B5', 'C5'].map((at) => cellOf(xlsx, at).value)).toEqual(['Total', '0', '0']);
    expect(lastRow(pdf)).toEqual(['Total', '0.00', '0']);
  });

  it('that is the average of whole numbers has decimals', async () => {
    const columns = [NAME, { key: 'n', type: 'integer', total: 'average' }];
    const { pdf } = await render({ columns, rows: names([1, 2]) });
    expect(lastRow(pdf)).toEqual(['Total', '1.50']);
  });

  it('that is a count has the separators of a number', async () => {
    const columns = [NAME, { key: 'd', type: 'date', total: 'count', format: 'yyyy' }];
    const { pdf } = await render({ columns, rows: names(Array.from({ length: 1200 }, () => '2026-01-01')) }, 'de-DE');
    expect(lastRow(pdf)).toEqual(['Summe', '1.200']);
  });
});

describe.runIf(PDFINFO)('groups', () => {
  const N = { key: 'n', type: 'integer', total: 'sum' };
  /** Subtotals as label and sum, and the headings of the PDF. */
  async function groupsOf(column: Record<string, unknown>, cells: readonly Row[number][], locale = 'en-US') {
    const table = { columns: [{ key: 'g', ...column }, N], groupBy: 'g', rows: cells.map((cell) => [cell, 1]) };
    const { xlsx, pdf } = await render(table, locale);
    const rows = tablesOf(pdf)[0] ?? [];
    const sheet = [...cellXml(xlsx)].filter(([at, xml]) => at.startsWith('B') && xml.includes('<f>'));
    return {
      onPage: rows.filter(([label]) => /^(?:Total|Summe) ./.test(label ?? '')),
      headings: rows.filter((row) => row.length === 1).map(([label]) => label),
      inSheet: sheet.slice(0, -1).map(([at]) => [cellOf(xlsx, at.replace('B', 'A')).value, cellOf(xlsx, at).value]),
    };
  }

  it('are of one day however it was written, and named as its cells read', async () => {
    const cells = ['2026-01-05', '2026-01-05T00:00:00', '2026-02-01'];
    const { inSheet, onPage, headings } = await groupsOf({ type: 'date' }, cells, 'de-DE');
    expect(headings).toEqual(['05.01.2026', '01.02.2026']);
    expect(onPage.map(([label]) => label)).toEqual(['Summe 05.01.2026', 'Summe 01.02.2026']);
    // A sheet shows this as its cells, by the format of its column.
    expect(inSheet).toEqual([
      ['46027', '2'],
      ['46054', '1'],
    ]);
  });

  it('are of one truth, of one number and of nothing, however each was written', async () => {
    const truth = await groupsOf({ type: 'boolean' }, [true, 'yes', 1, null, '']);
    expect(truth.inSheet).toEqual([
      ['1', '3'],
      ['–', '2'],
    ]);
    expect(truth.headings).toEqual(['yes', '–']);
    const shares = await groupsOf({ type: 'percent' }, [0.1, '10%', 0.1004]);
    expect(shares.inSheet).toEqual([
      ['0.1', '2'],
      ['0.1004', '1'],
    ]);
    expect(shares.onPage.map(([label]) => label)).toEqual(['Total 10.0%', 'Total 10.0%']);
  });

  it('of nothing are named by a dash, in the subtotal as well', async () => {
    const { inSheet, onPage, headings } = await groupsOf({ type: 'text' }, ['x', null, '', 'x']);
    expect(headings).toEqual(['x', '–', 'x']);
    expect(onPage.map(([label]) => label)).toEqual(['Total x', 'Total –', 'Total x']);
    expect(inSheet.map(([label]) => label)).toEqual(['x', '–', 'x']);
  });

  it('are named in the first column without a total where their own has one', async () => {
    const columns = [{ key: 'a' }, { key: 'g', type: 'date', total: 'count' }];
    const { xlsx } = await render({ columns, groupBy: 'g', rows: [['x', '2026-01-05']] });
    expect([cellOf(xlsx, 'A5').value, cellOf(xlsx, 'B5').value]).toEqual(['01/05/2026', '1']);
  });
});
