import { describe, expect, it } from 'vitest';
import { objectsOf, POPPLER, QPDF, render, textOf, warned, wordsOf } from './support.ts';

const COLUMNS = 30;
const ROWS = 60;
const NOTE = 'the quick brown fox jumps over the lazy dog';

/** Thirty columns of running text, each cell with a name of its own. */
const wide = {
  columns: Array.from({ length: COLUMNS }, (_, j) => ({ key: `c${j}`, label: `Column${j}.` })),
  rows: Array.from({ length: ROWS }, (_, i) => Array.from({ length: COLUMNS }, (_, j) => `r${i}c${j}. ${NOTE}`)),
};

const amounts = (columns: number, rows: number, total?: string) => ({
  columns: Array.from({ length: columns }, (_, j) => ({ key: `c${j}`, type: 'number', ...(total && { total }) })),
  rows: Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => 12_345.25 + i + j * 1000)),
});

describe.skipIf(!POPPLER)('a table too wide for a page', () => {
  it('goes on in panels that have every cell once, and the first column on each', async () => {
    const pdf = await render({ tables: [wide] });
    expect(warned(pdf)).toEqual({ TABLE_IN_PANELS: 1 });
    const text = textOf(pdf).join(' ');
    const cells = text.match(/r\d+c\d+\./g) ?? [];
    const others = cells.filter((cell) => !cell.endsWith('c0.'));
    expect(new Set(others).size).toBe(ROWS * (COLUMNS - 1));
    expect(others).toHaveLength(ROWS * (COLUMNS - 1));
    for (const page of textOf(pdf)) expect(page).toMatch(/Column0\./);
  });

  it('has the same rows on the pages of all its panels, in the order of the columns', async () => {
    const pages = textOf(await render({ tables: [wide] }));
    const rowsOf = (page: string) => [...new Set(Array.from(page.matchAll(/r(\d+)c/g), ([, row]) => Number(row)))];
    const columnsOf = (page: string) => Array.from(page.matchAll(/Column(\d+)\./g), ([, column]) => Number(column));
    const panels = pages.findIndex((page, i) => i > 0 && columnsOf(page)[1] === 1);
    expect(panels).toBeGreaterThan(1);
    const block = pages.slice(0, panels);
    for (const page of block) expect(rowsOf(page)).toEqual(rowsOf(pages[0] ?? ''));
    const order = block.flatMap((page) => columnsOf(page).filter((column) => column > 0));
    expect(order).toEqual(Array.from({ length: COLUMNS - 1 }, (_, j) => j + 1));
  });

  it('keeps its words whole, and inside of the page', async () => {
    const words = wordsOf(await render({ tables: [wide] }));
    const known = new Set(NOTE.split(' '));
    const broken = words.filter(({ text }) => /^[a-z]+$/.test(text) && !known.has(text));
    expect(broken).toEqual([]);
    expect(Math.max(...words.map(({ right }) => right))).toBeLessThanOrEqual(842);
  });

  it('repeats as many columns as were asked for', async () => {
    const pages = textOf(await render({ layout: { repeatColumns: 2 }, tables: [wide] }));
    for (const page of pages) expect(page).toMatch(/Column0\.\s+Column1\./);
    const none = textOf(await render({ layout: { repeatColumns: 0 }, tables: [wide] }));
    expect(none.filter((page) => page.includes('Column0.')).length).toBeLessThan(none.length);
  });

  it('has groups, subtotals and the total in each panel', async () => {
    const { columns, rows } = amounts(40, 30, 'sum');
    const table = {
      columns: [{ key: 'g', label: 'Group' }, ...columns],
      groupBy: 'g',
      rows: rows.map((row, i) => [i < 15 ? 'North' : 'South', ...row]),
    };
    const pdf = await render({ tables: [table] });
    const text = textOf(pdf).join(' ');
    expect(pdf.pages).toBeGreaterThan(1);
    // The first page of each panel has no room for the end.
    const panels = (pdf.pages ?? 0) / 2;
    // Two subtotals and the total.
    expect(text.match(/\bTotal\b/g)).toHaveLength(3 * panels);
  });

  it('reads from right to left where the report does, its first column at the right of each page', async () => {
    const pdf = await render({ locale: 'ar-EG', tables: [wide] });
    expect(pdf.pages).toBeGreaterThan(1);
    for (const page of [1, 2]) {
      const first = wordsOf(pdf, page).find(({ text }) => text.includes('Column0'));
      expect(first?.right).toBeGreaterThan(700);
    }
  });

  it('is followed by the next table, below what it has last', async () => {
    const after = { name: 'After', columns: [{ key: 'a' }], rows: [['last words']] };
    const pages = textOf(await render({ tables: [wide, after] }));
    expect(pages.at(-1)).toMatch(/After[\s\S]*last words/);
  });
});

describe.skipIf(!QPDF)('the tags of a table in panels', () => {
  it('are one table for each panel, with a header cell for each of its columns', async () => {
    const pdf = await render({ layout: { tagged: true }, tables: [amounts(40, 5)] });
    const objects = objectsOf(pdf);
    const tables = objects.match(/\/S \/Table\b/g)?.length ?? 0;
    expect(tables).toBeGreaterThan(1);
    expect(objects.match(/\/S \/TH\b/g)).toHaveLength(40 + tables - 1);
  });
});

describe.skipIf(!POPPLER)('an amount', () => {
  it('is never broken in two lines, however much longer than the first hundred it is', async () => {
    const rows = [...Array.from({ length: 150 }, (_, i) => [i, 'text']), [123_456_789_012_345, 'text']];
    const columns = [{ key: 'n', type: 'number', width: 6 }, { key: 't' }];
    const pdf = await render({ tables: [{ columns, rows }] });
    expect(textOf(pdf).join(' ')).toContain('123,456,789,012,345.00');
  });

  it('of a total stays whole in twenty columns on one page', async () => {
    const words = wordsOf(await render({ tables: [amounts(20, 12, 'sum')] })).map(({ text }) => text);
    expect(
      words.filter((word) => /^\d/.test(word) && !/^\d[\d,]*\.\d\d$/.test(word) && !/^\d+(\/|:|$)/.test(word)),
    ).toEqual([]);
  });
});

describe.skipIf(!POPPLER)('the footer', () => {
  it.each([
    ['ar-EG', 'تقرير المبيعات'],
    ['he-IL', 'דוח מכירות'],
    ['hi-IN', 'बिक्री'],
  ])('says title and page in %s, whose fonts are loaded when it is first set', async (locale, title) => {
    const words = wordsOf(await render({ locale, title, tables: [{ columns: [{ key: 'a' }], rows: [['x']] }] }));
    const footer = words.filter(({ bottom }) => bottom > 740).map(({ text }) => text);
    expect(footer.join(' ')).not.toContain('…');
    expect(footer).toContain('/');
    expect(footer.length).toBeGreaterThanOrEqual(4);
  });

  it('keeps its parts apart, whatever their length', async () => {
    const footer = `${'left part '.repeat(15)}\t${'middle part '.repeat(15)}\t${'right part '.repeat(12)}{page} of {pages}`;
    const pdf = await render({ layout: { footer }, tables: [{ columns: [{ key: 'a' }], rows: [['x']] }] });
    const words = wordsOf(pdf).filter(({ bottom }) => bottom > 790);
    const sorted = [...words].sort((a, b) => a.left - b.left);
    sorted.slice(1).forEach((word, i) => {
      expect(word.left).toBeGreaterThanOrEqual((sorted[i]?.right ?? 0) - 0.5);
    });
  });
});
