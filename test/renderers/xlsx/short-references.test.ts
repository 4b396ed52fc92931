import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { runReader } from '../../support/python.ts';
import { cellXml, render, saved, sheetXml, type TestReport, type Workbook } from './support.ts';

const columns = [
  { key: 'a' },
  { key: 'n', type: 'integer', total: 'sum' },
  { key: 'u', type: 'url' },
  { key: 'b', type: 'boolean' },
  { key: 'c' },
];
const rows = Array.from({ length: 40 }, (_, i) => [
  i % 4 === 0 ? null : `a${i}`,
  i % 3 === 0 ? 'none' : i,
  i % 5 === 0 ? null : `https://example.org/${i}`,
  i % 2 === 0,
  i % 7 === 0 ? ' _x0041_ ' : 'plain',
]);
const report: TestReport = { tables: [{ columns, rows, groupBy: 'b' }] };
const both = async (): Promise<[Workbook, Workbook]> => [
  await render(report),
  await render({ ...report, layout: { references: 'full' } }),
];

it('only the first cell of a row and links say where they stand, unless the layout asks for all', async () => {
  const [short, full] = await both();
  const places = (workbook: Workbook) =>
    [...sheetXml(workbook).matchAll(/<row r="(?:[4-9]|\d\d)".*?<\/row>/gs)].flatMap(([row]) =>
      [...row.matchAll(/<c(?: r="([A-Z]+)\d+")?/g)].map((cell) => cell[1] ?? '-').join(''),
    );
  // Below the header: rows of data with their links, and rows of totals.
  expect(new Set(places(short))).toEqual(new Set(['A-C--', 'A----']));
  expect(new Set(places(full))).toEqual(new Set(['ABCDE']));
});

it('both forms hold the same cells', async () => {
  const [short, full] = await both();
  expect(cellXml(short)).toEqual(cellXml(full));
});

const READ = `
import json, sys, openpyxl, python_calamine
sheet = openpyxl.load_workbook(sys.argv[1]).active
cells = [[c.coordinate, str(c.value), c.number_format, c.hyperlink.target if c.hyperlink else None] for row in sheet for c in row]
other = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python(skip_empty_area=False)
print(json.dumps([cells, [[str(value) for value in row] for row in other]]))
`;

describe('readers find the same values, links and formats in both', () => {
  it('openpyxl and calamine', async () => {
    const files = await Promise.all((await both()).map(saved));
    const read = await Promise.all(files.map((file) => runReader(READ, file)));
    expect(read[0]).toEqual(read[1]);
    expect(JSON.stringify(read[0])).toContain('a39');
  });

  it('exceljs, which loses links of cells that do not say where they stand', async () => {
    const read = async (workbook: Workbook) => {
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(await saved(workbook));
      const values: unknown[] = [];
      book.worksheets[0]?.eachRow((row) =>
        row.eachCell({ includeEmpty: true }, ({ address, value }) => values.push([address, value])),
      );
      return values;
    };
    const [short, full] = await both();
    expect(await read(short)).toEqual(await read(full));
    expect(JSON.stringify(await read(short)).match(/"hyperlink"/g)).toHaveLength(32);
  });
});
