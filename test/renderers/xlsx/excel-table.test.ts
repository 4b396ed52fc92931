import { describe, expect, it } from 'vitest';
import { runReader } from '../../support/python.ts';
import { parts, render, saved, sheetXml, type TestReport, warned } from './support.ts';

const columns = [
  { key: 'a', label: 'Region & <1>' },
  { key: 'n', label: 'Amount\n(net)', type: 'number', total: 'sum' },
];
const rows = [
  ['x', 1],
  ['y', 2],
];
const report = (tables: TestReport['tables'], layout = {}): TestReport => ({
  tables,
  layout: { excelTable: true, ...layout },
});

const READ = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([[[t.displayName, t.ref, t.autoFilter.ref if t.autoFilter else None, t.column_names] for t in s.tables.values()] for s in book]))
`;

it('a sheet is a table that formulas can name, over its header and data and not its total', async () => {
  const workbook = await render(report([{ name: "L'année 1", columns, rows }]));
  expect(await runReader(READ, await saved(workbook))).toEqual([
    [['L_année_1', 'A3:B5', 'A3:B5', ['Region & <1>', 'Amount\n(net)']]],
  ]);
  // The filter is the table's.
  expect(sheetXml(workbook)).not.toContain('<autoFilter');
  expect(parts(workbook.bytes).get('xl/workbook.xml')).not.toContain('_FilterDatabase');
});

it('each sheet of a table that overflows is one, and an empty table too', async () => {
  const many = Array.from({ length: 20 }, (_, i) => ['x', i]);
  const tables = [
    { name: 'A', columns, rows: many },
    { name: 'B', columns, rows: [] },
  ];
  const workbook = await render(report(tables, { autoFilter: false }), { rows: 20 });
  const labels = ['Region & <1>', 'Amount\n(net)'];
  expect(await runReader(READ, await saved(workbook))).toEqual([
    [['A', 'A4:B19', null, labels]],
    [['A_2_', 'A4:B9', null, labels]],
    [['B', 'A4:B5', null, labels]],
  ]);
});

it.each([
  ['A1', '_A1'],
  ['XFD1048576', '_XFD1048576'],
  ['r1c1', '_r1c1'],
  ['R', '_R'],
  ['2026', '_2026'],
  ['東京', '東京'],
  ['!!', '_'],
  ['a.b', 'a.b'],
])('a table called %j is named %s', async (name, word) => {
  const workbook = await render(report([{ name, columns, rows }]));
  expect(parts(workbook.bytes).get('xl/tables/table1.xml')).toContain(`displayName="${word}"`);
});

it('names are unique whatever the case', async () => {
  const tables = ['x', 'X', 'x_2', 'x!'].map((name) => ({ name, columns, rows }));
  const workbook = await render(report(tables));
  const names = [...parts(workbook.bytes)].map(([, xml]) =>
    /<table [^>]*displayName="([^"]*)"/.exec(xml)?.[1]?.toLowerCase(),
  );
  expect(new Set(names.filter((name) => name !== undefined)).size).toBe(4);
});

describe('where Excel would call the workbook damaged there is none, and the client is told', () => {
  it.each([
    [
      'two labels are the same',
      [
        { key: 'a', label: 'Sum' },
        { key: 'b', label: 'sum' },
      ],
      {},
    ],
    ['a label is empty', [{ key: 'a', label: ' ' }, { key: 'b' }], {}],
    ['its rows are grouped', columns, { groupBy: 'a' }],
  ])('%s', async (reason, spec, table) => {
    const workbook = await render(report([{ name: 'T', columns: spec, rows, ...table }]));
    expect(warned(workbook)).toEqual({ TABLE_IGNORED: 1 });
    expect(workbook.warnings[0]?.detail).toBe(`"T" is not an Excel table: ${reason}.`);
    expect([...parts(workbook.bytes).keys()].filter((name) => name.includes('tables/'))).toEqual([]);
    expect(sheetXml(workbook)).toContain('<autoFilter');
  });
});
