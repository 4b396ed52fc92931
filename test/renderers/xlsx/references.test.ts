import { describe, expect, it } from 'vitest';
import { auditFaults } from './audit.ts';
import { rewritten } from './rewrite.ts';
import { parts, render, sheetXml, type TestReport } from './support.ts';

const columns = [
  { key: 'g', label: 'Group' },
  {
    key: 'n',
    type: 'number',
    total: 'sum',
    conditionalFormats: [{ type: 'highlight', operator: 'equal', value: "d'x" }],
  },
];
const rows = [
  ["l'un", 71],
  ["l'un", 2],
];

function definedNames(report: Buffer): string[] {
  const xml = parts(report).get('xl/workbook.xml') ?? '';
  return [...xml.matchAll(/<definedName name="([^"]*)" localSheetId="(\d+)"[^>]*>([^<]*)</g)].map((m) =>
    m.slice(1).join(' '),
  );
}

it('an apostrophe in a title is doubled wherever the sheet is referred to', async () => {
  const { bytes } = await render({ title: "Chiffres d'affaires", tables: [{ columns, rows }] });
  expect(definedNames(bytes)).toEqual([
    "_xlnm._FilterDatabase 0 'Chiffres d''affaires'!$A$3:$B$5",
    "_xlnm.Print_Titles 0 'Chiffres d''affaires'!$3:$3",
  ]);
});

it('each sheet of a table that overflows has its own print titles and filter range', async () => {
  const many = Array.from({ length: 20 }, (_, i) => ['a', i]);
  const { bytes } = await render({ tables: [{ name: "L'année", columns, rows: many }] }, { rows: 20 });
  expect(definedNames(bytes)).toEqual([
    "_xlnm._FilterDatabase 0 'L''année'!$A$3:$B$19",
    "_xlnm._FilterDatabase 1 'L''année (2)'!$A$3:$B$7",
    "_xlnm.Print_Titles 0 'L''année'!$3:$3",
    "_xlnm.Print_Titles 1 'L''année (2)'!$3:$3",
  ]);
});

it('a sheet without a filter has no range of one', async () => {
  const { bytes } = await render({ layout: { autoFilter: false }, tables: [{ columns, rows }] });
  expect(definedNames(bytes)).toEqual(["_xlnm.Print_Titles 0 'Report'!$3:$3"]);
});

describe('what a request calls its tables', () => {
  it.each([
    "L'année",
    "d''or",
    "'",
    'A1',
    'R1C1',
    'a!b',
    '$A$1:B2',
    '1+1',
    'Bücher & Co <1>',
    '"quoted"',
    '東京',
    '#REF!',
    'TRUE',
    'Tab(le)',
    'a,b;c{d}',
    '=SUM(A1)',
    '\u007f',
    'x\u007f',
    'A\u2028B',
    '&amp;',
    '_xlnm.Print_Titles',
    "x'".repeat(20),
  ])('%j is a sheet that every formula finds, on all its sheets', async (name) => {
    const many = Array.from({ length: 20 }, (_, i) => ['a', i]);
    const table = { name, columns, groupBy: 'g', rows: many };
    const report: TestReport = {
      title: name,
      tables: [table, { ...table, rows }, { ...table, name: name.toUpperCase() }],
    };
    const workbook = await render(report, { rows: 15 });
    expect(workbook.sheets).toBeGreaterThan(3);
  });
});

it.each([
  ['a\u007f', 'a'],
  ['ａ', 'a'],
  ['\u00e9', 'e\u0301'],
  ['ſ', 's'],
])('%j and %j are not the same name', async (first, second) => {
  const table = { columns, rows: [] };
  const { bytes, warnings } = await render({
    tables: [
      { name: first, ...table },
      { name: second, ...table },
    ],
  });
  const names = [...(parts(bytes).get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)];
  expect(new Set(names.map((name) => name[1]?.normalize('NFKC').toLowerCase())).size).toBe(2);
  expect(warnings.map(({ code }) => code)).toContain('SHEET_RENAMED');
});

describe('the audit itself', () => {
  const spoiled = async (part: string, from: string, to: string): Promise<string[]> => {
    const { bytes } = await render({ title: "L'année", tables: [{ columns, rows }] });
    return auditFaults([await rewritten(bytes, part, (xml) => xml.replace(from, to))]);
  };

  it.each([
    ['a name that is not doubled', 'xl/workbook.xml', "'L''année'!$3", "'L'année'!$3"],
    ['a sheet that is not there', 'xl/workbook.xml', "'L''année'!$3", "'Other'!$3"],
    ['a character that XML forbids', 'xl/styles.xml', 'Calibri', 'Cali\uffffbri'],
    ['a number that is none', 'xl/worksheets/sheet1.xml', '<v>71</v>', '<v>NaN</v>'],
    ['children out of order', 'xl/styles.xml', '<sz val="11"/>', '</font><font><sz val="11"/><b/>'],
  ])('finds %s', async (_, part, from, to) => {
    expect(await spoiled(part, from, to)).not.toEqual([]);
  });
});

it('a sum beyond all numbers is the error that Excel would show', async () => {
  const column = { key: 'n', type: 'number', total: 'sum' };
  const huge = [[1e308], [1e308]];
  const xml = sheetXml(await render({ tables: [{ columns: [column], rows: huge }] }));
  expect(xml).toContain('t="e"><f>SUBTOTAL(9,A4:A5)</f><v>#NUM!</v>');
});
