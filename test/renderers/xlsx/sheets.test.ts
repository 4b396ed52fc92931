import { describe, expect, it } from 'vitest';
import type { Row } from '../../../lambdas/domain/rendering.ts';
import { cellXml, parts, render, sheetXml, type TestTable, type Workbook, warned } from './support.ts';

const COLUMNS = [{ key: 'n', type: 'integer', total: 'sum' }];

function table(
  name: string | undefined,
  rows: readonly Row[] = [],
  columns: TestTable['columns'] = COLUMNS,
): TestTable {
  return { ...(name !== undefined && { name }), columns, rows };
}

function names(workbook: Workbook): string[] {
  const xml = parts(workbook.bytes).get('xl/workbook.xml') ?? '';
  return [...xml.matchAll(/<sheet sheetId="\d+" name="([^"]*)"/g)].map((match) => match[1] as string);
}

const numbers = (count: number): Row[] => Array.from({ length: count }, (_, i) => [i + 1]);

describe('names', () => {
  it.each([
    ['Orders', 'Orders'],
    ['x'.repeat(31), 'x'.repeat(31)],
    ['x'.repeat(32), 'x'.repeat(31)],
    [`${'x'.repeat(30)}😀`, 'x'.repeat(30)],
    ['a\\b/c?d*e[f]g:h', 'a b c d e f g h'],
    ["'quoted'", 'quoted'],
    ["O'Hara", 'O&apos;Hara'],
    ['History', 'History (2)'],
    ['hISTORY', 'hISTORY (2)'],
    ['', 'Table 1'],
    ['  ', 'Table 1'],
    ['[]', 'Table 1'],
    ['a\u0000b', 'ab'],
  ])('%j becomes %j', async (wished, name) => {
    const workbook = await render({ tables: [table(wished)] });
    expect(names(workbook)).toEqual([name]);
    expect(warned(workbook)).toEqual(wished === name.replace('&apos;', "'") ? {} : { SHEET_RENAMED: 1 });
  });

  it('are unique whatever the case, also among numbered ones', async () => {
    const wished = ['S', 's', 'S (2)', 'x'.repeat(40), 'X'.repeat(40)];
    const workbook = await render({ tables: wished.map((name) => table(name)) });
    const made = names(workbook);
    expect(made).toEqual(['S', 's (2)', 'S (2) (2)', 'x'.repeat(31), `${'X'.repeat(27)} (2)`]);
    expect(new Set(made.map((name) => name.toLowerCase())).size).toBe(made.length);
  });

  it('come from the title where there is one table, and from the position where there are more', async () => {
    expect(names(await render({ title: 'Sales', tables: [table(undefined)] }))).toEqual(['Sales']);
    expect(names(await render({ tables: [table(undefined), table(undefined)] }))).toEqual(['Table 1', 'Table 2']);
  });
});

describe('rows', () => {
  it('none make a sheet with a header, an empty row to filter, and totals of nothing', async () => {
    const workbook = await render({ tables: [table('A')] });
    expect(workbook).toMatchObject({ rows: 0, sheets: 1 });
    expect([...cellXml(workbook)]).toEqual([['A5', expect.stringContaining('<f>SUBTOTAL(9,A4:A4)</f><v>0</v>')]]);
    expect(sheetXml(workbook)).toContain('<autoFilter ref="A3:A4"/>');
  });

  it('exactly as many as fit stay on one sheet', async () => {
    // Titles take three rows, the total one.
    const workbook = await render({ tables: [table('A', numbers(16))] }, { rows: 20 });
    expect(workbook).toMatchObject({ rows: 16, sheets: 1, warnings: [] });
    expect([...cellXml(workbook).keys()].at(-1)).toBe('A20');
  });

  it('one more goes on in a second sheet, with header and filter of its own', async () => {
    const workbook = await render({ tables: [table('A', numbers(17))] }, { rows: 20 });
    expect(workbook).toMatchObject({ rows: 17, sheets: 2 });
    expect(names(workbook)).toEqual(['A', 'A (2)']);
    expect(workbook.warnings).toEqual([
      { code: 'SHEET_CONTINUED', detail: '"A" was full; its rows continue in "A (2)".', count: 1 },
    ]);
    expect([...cellXml(workbook, 1).keys()].at(-1)).toBe('A19');
    expect([...cellXml(workbook, 2).keys()]).toEqual(['A4', 'A5']);
    expect(sheetXml(workbook, 1)).toContain('<autoFilter ref="A3:A19"/>');
    expect(sheetXml(workbook, 2)).toContain('<autoFilter ref="A3:A4"/>');
    expect(sheetXml(workbook, 2).match(/<c r="A3"/g)).toHaveLength(1);
  });

  it('the total covers all the sheets of its table', async () => {
    const workbook = await render({ tables: [table("O'Hara", numbers(50))] }, { rows: 20 });
    expect(sheetXml(workbook, 4)).toContain(
      "<f>SUBTOTAL(9,'O''Hara'!A4:A19,'O''Hara (2)'!A4:A19,'O''Hara (3)'!A4:A19,A4:A5)</f><v>1275</v>",
    );
    expect(sheetXml(workbook, 1)).not.toContain('<f>');
  });

  it('the sheets after a table that overflowed keep their names, styles and data', async () => {
    const dates = [{ key: 'd', type: 'date', conditionalFormats: [{ type: 'dataBar' }] }];
    const workbook = await render(
      { tables: [table('A', numbers(40)), table('A (2)'), table('B', [['2024-02-29']], dates)] },
      { rows: 20 },
    );
    expect(names(workbook)).toEqual(['A', 'A (3)', 'A (4)', 'A (2)', 'B']);
    expect(cellXml(workbook, 5).get('A5')).toContain('<v>45351</v>');
  });

  it('a sheet overflows before its XML passes what a zip entry can hold', async () => {
    const long = Array.from({ length: 3000 }, (_, i) => [`${i} ${'x'.repeat(1000)}`]);
    // A limit that the first block does not foretell: the rows get long only after it.
    const short = Array.from({ length: 30_000 }, (_, i) => [String(i)]);
    const columns = [{ key: 'c' }];
    const workbook = await render(
      { tables: [table('A', [...short, ...long], columns)] },
      { bytes: 3 * 1024 * 1024, rows: 32_000 },
    );
    expect(workbook.sheets).toBeGreaterThan(1);
    for (const [name, xml] of parts(workbook.bytes)) {
      if (name.includes('worksheets/')) expect(xml.length).toBeLessThan(3 * 1024 * 1024);
    }
    const cells = names(workbook).flatMap((_, i) => [...cellXml(workbook, i + 1).values()]);
    expect(cells).toHaveLength(33_000);
  });
});

describe('columns', () => {
  it('16,384 of them fit', async () => {
    const columns = Array.from({ length: 16_384 }, (_, i) => ({ key: `c${i}`, type: 'integer' }));
    const row = columns.map((_, i) => i);
    const workbook = await render({ tables: [table('Wide', [row, row], columns)] });
    const cells = cellXml(workbook);
    expect(cells.size).toBe(2 * 16_384);
    expect(cells.get('XFD5')).toContain('<v>16383</v>');
  });

  it('each is found by its letters', async () => {
    const columns = Array.from({ length: 1000 }, (_, i) => ({ key: `c${i}`, type: 'integer' }));
    const cells = cellXml(await render({ tables: [table('Wide', [columns.map((_, i) => i)], columns)] }));
    for (const [at, value] of [
      ['Z4', 25],
      ['AA4', 26],
      ['ZZ4', 701],
      ['AAA4', 702],
      ['ALL4', 999],
    ] as const) {
      expect(cells.get(at)).toContain(`<v>${value}</v>`);
    }
  });
});

it('more links than Excel allows are text, and the client is told once', async () => {
  const rows = Array.from({ length: 65_532 }, (_, i) => [`https://example.org/${i}`]);
  const workbook = await render({ tables: [table('L', rows, [{ key: 'u', type: 'url' }])] });
  expect(sheetXml(workbook).match(/<hyperlink /g)).toHaveLength(65_530);
  expect(
    parts(workbook.bytes)
      .get('xl/worksheets/_rels/sheet1.xml.rels')
      ?.match(/<Relationship /g),
  ).toHaveLength(65_530);
  expect(warned(workbook)).toEqual({ LINKS_OVER_LIMIT: 2 });
});
