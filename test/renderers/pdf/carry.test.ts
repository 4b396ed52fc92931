import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render as renderXlsx } from '../xlsx/support.ts';
import { PDFINFO, tablesOf } from './structure.ts';
import { type Pdf, POPPLER, render, renderUnchecked, type TestReport, textOf, warned, wordsOf } from './support.ts';

const layout = { carryTotals: true };
const columns = [{ key: 'name' }, { key: 'amount', type: 'integer', total: 'sum' }];
const numbered = (count: number) => Array.from({ length: count }, (_, i) => [`Row${i}.`, i + 1]);

/** The lines of each page's body, each as its first word and its last. */
function bodies(pdf: Pdf): { readonly label: string; readonly amount: number }[][] {
  return textOf(pdf, '-layout').map((page) =>
    page.split('\n').flatMap((line) => {
      const [, label, amount] = /^\s*(\S.*?)\s{2,}([\d,]+)$/.exec(line) ?? [];
      return label === undefined ? [] : [{ label: label.trim(), amount: Number(amount?.replaceAll(',', '')) }];
    }),
  );
}

/** Holds each page against what a bookkeeper would write on it. @param total of all rows */
function expectCarried(pdf: Pdf, total: number): void {
  const pages = bodies(pdf);
  let sum = 0;
  pages.forEach((lines, i) => {
    const rows = lines.filter(({ label }) => /^Row\d+\.$/.test(label));
    const brought = lines.filter(({ label }) => label === 'Brought forward');
    const forward = lines.filter(({ label }) => label === 'Carried forward');
    expect(brought.map(({ amount }) => amount)).toEqual(i === 0 ? [] : [sum]);
    if (brought.length > 0) expect(lines[0]).toBe(brought[0]);
    sum += rows.reduce((all, { amount }) => all + amount, 0);
    expect(forward.map(({ amount }) => amount)).toEqual(i === pages.length - 1 ? [] : [sum]);
    if (forward.length > 0) expect(lines.at(-1)).toBe(forward[0]);
  });
  expect(sum).toBe(total);
}

describe.skipIf(!POPPLER)('totals that are carried over', () => {
  it('are at the foot of each page what its rows and those before come to, and the same at the head of the next', async () => {
    const pdf = await render({ layout, tables: [{ columns, rows: numbered(150) }] });
    expect(pdf.pages).toBeGreaterThan(2);
    expectCarried(pdf, (150 * 151) / 2);
    expect(warned(pdf)).toEqual({});
  });

  it('hold wherever a table ends: its total is on the page of the last row, or alone with what was brought there', async () => {
    for (let count = 30; count < 48; count += 1) {
      const pdf = await renderUnchecked({ layout, tables: [{ columns, rows: numbered(count) }] });
      expectCarried(pdf, (count * (count + 1)) / 2);
      expect(bodies(pdf).at(-1)?.at(-1)).toEqual({ label: 'Total', amount: (count * (count + 1)) / 2 });
    }
  });

  it('hold for rows of any height, in groups and without', async () => {
    const row = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('a', 'b', 'c'),
      fc.integer({ min: 1, max: 6 }),
    );
    const reports = fc.sample(fc.tuple(fc.array(row, { minLength: 40, maxLength: 70 }), fc.boolean()), 8);
    for (const [rows, grouped] of reports) {
      const table = {
        columns: [{ key: 'name' }, { key: 'g' }, { key: 'note' }, ...columns.slice(1)],
        ...(grouped && { groupBy: 'g' }),
        rows: rows.map(([lines, g, amount], i) => [`Row${i}.`, g, '\n'.repeat(lines - 1), amount]),
      };
      const pdf = await render({ layout, tables: [{ ...table, columns: table.columns }] });
      const inWords = { ...pdf, bytes: pdf.bytes };
      const pages = textOf(inWords, '-layout');
      let sum = 0;
      pages.forEach((page, i) => {
        const amount = (label: string) => Number(new RegExp(`${label}\\s+(\\d+)$`, 'm').exec(page)?.[1] ?? Number.NaN);
        if (i > 0) expect(amount('Brought forward')).toBe(sum);
        for (const [, value] of page.matchAll(/Row\d+\.\s+(?:[abc]\s+)?(\d+)$/gm)) sum += Number(value);
        if (i < pages.length - 1) expect(amount('Carried forward')).toBe(sum);
      });
      expect(sum).toBe(rows.reduce((all, [, , value]) => all + value, 0));
    }
  });

  it('stand above the footer, and inside the page', async () => {
    const pdf = await render({ layout, tables: [{ columns, rows: numbered(150) }] });
    const words = wordsOf(pdf, 1);
    const foot = words.find(({ text }) => text === 'Carried');
    const footer = words.find(({ text }) => text === '/');
    expect(foot?.bottom).toBeLessThan(footer?.top ?? 0);
  });

  it('are sums and counts; an average of some rows is none of all', async () => {
    const mixed = [...columns, { key: 'n', type: 'integer', total: 'average' }, { key: 'c', total: 'count' }];
    const rows = Array.from({ length: 90 }, (_, i) => [`Row${i}.`, 1, 5, 'x']);
    const [first = ''] = textOf(await render({ layout, tables: [{ columns: mixed, rows }] }), '-layout');
    expect(first).toMatch(/Carried forward\s+(\d+)\s+\1\s*$/m);
  });

  it('are said in the words of the language', async () => {
    const table = { columns, rows: numbered(90) };
    const [german = ''] = textOf(await render({ layout, locale: 'de-AT', tables: [table] }));
    expect(german).toContain('Übertrag');
    const [arabic = ''] = textOf(await render({ layout, locale: 'ar-EG', tables: [table] }));
    expect(arabic).toContain('Carried forward');
  });

  it('are on every panel of a table that is wider than a page', async () => {
    const wide = Array.from({ length: 60 }, (_, i) => ({ key: `c${i}`, type: 'number', total: 'sum' }));
    const rows = Array.from({ length: 60 }, (_, i) => [`Row${i}.`, ...wide.map((_, c) => c)]);
    const pdf = await render({ layout, tables: [{ columns: [{ key: 'name' }, ...wide], rows }] });
    const pages = textOf(pdf);
    const panels = pages.filter((page) => page.includes('Row0.')).length;
    expect(panels).toBeGreaterThan(1);
    expect(pages.filter((page) => /Carried\s+forward/.test(page))).toHaveLength(pages.length - panels);
    expect(pages.filter((page) => /Brought\s+forward/.test(page))).toHaveLength(pages.length - panels);
  });

  it('go on in the midst of a row that is taller than a page, whose own amounts stand on its first', async () => {
    const tall = [{ key: 'note' }, ...columns];
    const rows = [
      ['short', 'Row0.', 1],
      ['\n'.repeat(150), 'Row1.', 2],
      ['short', 'Row2.', 4],
    ];
    const pages = textOf(await render({ layout, tables: [{ columns: tall, rows }] }), '-layout');
    const carried = pages.map((page) => /Carried forward\s+(\d+)/.exec(page)?.[1]);
    expect(carried.slice(0, -1).every((amount) => amount === '3')).toBe(true);
    expect(pages.at(-1)).toMatch(/Brought forward\s+3[\s\S]*Row2\.\s+4[\s\S]*Total\s+7/);
  });
});

describe.skipIf(!POPPLER)('a group that goes on over a page', () => {
  const grouped: TestReport = {
    layout,
    tables: [
      {
        columns: [{ key: 'region' }, ...columns],
        groupBy: 'region',
        rows: numbered(120).map((row, i) => [i < 100 ? 'North' : 'South', ...row]),
      },
    ],
  };

  it('is named again at the head of the next, as one that goes on', async () => {
    const pages = textOf(await render(grouped));
    expect(pages.length).toBeGreaterThan(2);
    const rowsOf = (page = '') => Array.from(page.matchAll(/Row(\d+)\./g), ([, row]) => Number(row));
    const groupOf = (row = -1) => (row < 100 ? 'North' : 'South');
    pages.forEach((page, i) => {
      const first = groupOf(rowsOf(page)[0]);
      const goesOn = i > 0 && groupOf(rowsOf(pages[i - 1]).at(-1)) === first;
      expect(page.match(/\S+ \(continued\)/g) ?? []).toEqual(goesOn ? [`${first} (continued)`] : []);
    });
  });

  it('is not, where nothing is carried over', async () => {
    expect(textOf(await render({ ...grouped, layout: {} })).join('')).not.toContain('(continued)');
  });
});

describe.runIf(PDFINFO)('what is carried over', () => {
  it('is no part of the table to a screen reader: the structure is the same without', async () => {
    const groups = {
      columns: [{ key: 'region' }, ...columns],
      groupBy: 'region',
      rows: numbered(90).map((row, i) => [i < 60 ? 'North' : 'South', ...row]),
    };
    const structure = async (carryTotals: boolean) =>
      tablesOf(await render({ layout: { carryTotals, tagged: true }, tables: [groups] })).map((rows) => rows.slice(1));
    expect(await structure(true)).toEqual(await structure(false));
  });
});

describe('a table that has nothing to carry over', () => {
  it('is told of: without a sum or a count, and where pages have no room', async () => {
    const average = [{ key: 'n', type: 'number', total: 'average' }];
    expect(warned(await render({ layout, tables: [{ columns: average, rows: [[1]] }] }))).toEqual({ CARRY_IGNORED: 1 });
    const low = { ...layout, page: 'A5', orientation: 'landscape', margins: { top: 200, bottom: 200 } };
    const long = [{ key: 'a', label: 'word '.repeat(50) }, ...columns];
    const pdf = await render({ layout: low, tables: [{ columns: long, rows: [['x', 'y', 1]] }] });
    expect(warned(pdf)).toEqual({ CARRY_IGNORED: 1 });
  });

  it('is every table of a workbook, and the client is told', async () => {
    const workbook = await renderXlsx({ layout, tables: [{ columns, rows: numbered(3) }] });
    expect(warned(workbook)).toEqual({ CARRY_IGNORED: 1 });
  });
});
