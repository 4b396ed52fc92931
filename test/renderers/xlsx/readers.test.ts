import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { runReader } from '../../support/python.ts';
import { hasTool } from '../../support/tools.ts';
import { RICH_REPORT } from './rich-report.ts';
import { render, type Workbook } from './support.ts';

/** Where the tests of one run find the rich workbook. */
const FILE = join(tmpdir(), `quire-readers-${process.pid}.xlsx`);
/** SheetJS is installed with the peers of the bench (`npm ci --prefix bench/peers`). */
const SHEETJS = 'bench/peers/node_modules/xlsx/xlsx.js';
/** Built with the peers of the bench (`go build -C bench/peers/go`). */
const EXCELIZE = '.local/bench/go-peer';

/** The first rows of the first sheet, below the titles: logo, title, subtitle, gap. */
const HEADER = [
  'Region',
  'Order',
  'Amount',
  'Margin',
  'Score',
  'Paid',
  'Day',
  'Shipped at',
  'Time to ship',
  'Invoice',
  'Note',
];
const FIRST = ['North', 1000, 0, 0, 0, true, '2026-01-10', '2026-01-10T09:30:30'];
const ROWS = 5 + 40 + 5 + 1;

let workbook: Workbook;

beforeAll(async () => {
  workbook = await render(RICH_REPORT);
  await writeFile(FILE, workbook.bytes);
  return () => rm(FILE, { force: true });
});

interface Read {
  readonly [key: string]: unknown;
  readonly openpyxl: Record<string, unknown[][]>;
  readonly streamed: Record<string, unknown[][]>;
  readonly calamine: Record<string, unknown[][]>;
  readonly links: string[];
}

describe('Python', () => {
  let read: Read;
  beforeAll(async () => {
    read = await runReader<Read>('test/renderers/xlsx/readers.py', FILE);
  });

  it('zipfile finds every part sound, and every part is well-formed XML', () => {
    expect(read.bad).toBeNull();
    expect(read.parts).toEqual(expect.arrayContaining(['xl/drawings/drawing1.xml', 'xl/media/image1.png']));
  });

  it.each(['openpyxl', 'streamed', 'calamine'] as const)('%s reads all sheets and rows', (reader) => {
    const sheets = read[reader];
    expect(Object.keys(sheets)).toEqual(['Orders', 'Empty', "O'Hara  plans"]);
    const orders = sheets.Orders as unknown[][];
    expect(orders).toHaveLength(ROWS);
    expect(orders[4]).toEqual(HEADER);
    expect(orders[5]?.slice(0, 8)).toEqual(FIRST);
    expect(orders[6]?.slice(8, 10)).toEqual([3660, 'https://example.org/invoices?id=1&x=<1>']);
  });

  it('openpyxl finds what makes it a report: links, formats, filter, frozen header, print set-up', () => {
    expect(read).toMatchObject({
      title: 'Sales by region',
      created: '2026-11-24T10:20:30',
      freeze: 'A6',
      filter: 'A5:K50',
      paper: [9, 'landscape'],
      titles: '$5:$5',
      rules: 4,
    });
    expect(read.links).toHaveLength(40);
    expect(read.links[1]).toBe('https://example.org/invoices?id=1&x=%3C1%3E');
    expect(read.formats).toEqual([
      '@',
      '#,##0',
      '[$R$]\u00a0#,##0.00',
      '#,##0.0%',
      '#,##0.00',
      '"TRUE";"TRUE";"FALSE"',
      'dd/mm/yyyy',
      'dd/mm/yyyy hh:mm',
      '[h]:mm:ss',
      '@',
      '@',
    ]);
  });
});

describe('JavaScript', () => {
  it('exceljs’ own reader opens it', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(FILE);
    const sheet = book.getWorksheet('Orders');
    expect(sheet?.rowCount).toBe(ROWS);
    expect(sheet?.getCell('C6').value).toBe(0);
    expect(sheet?.getCell('G6').value).toEqual(new Date('2026-01-10T00:00:00Z'));
    expect(sheet?.getCell('J6').value).toMatchObject({ hyperlink: 'https://example.org/invoices?id=0&x=%3C0%3E' });
    expect(sheet?.getCell('C14').value).toMatchObject({ formula: 'SUBTOTAL(9,C6:C13)' });
    expect(book.getWorksheet("O'Hara  plans")?.getCell('A6').value).toBe('=1+1');
  });

  it.skipIf(!existsSync(SHEETJS))('SheetJS opens it', async () => {
    const XLSX = createRequire(import.meta.url)(`${process.cwd()}/${SHEETJS}`);
    const book = XLSX.read(await readFile(FILE), { cellFormula: true });
    expect(book.SheetNames).toEqual(['Orders', 'Empty', "O'Hara  plans"]);
    const sheet = book.Sheets.Orders;
    expect(sheet['!ref']).toBe(`A2:K${ROWS}`);
    expect(sheet.A6.v).toBe('North');
    expect(sheet.F6.v).toBe(true);
    expect(sheet.C14.f).toBe('SUBTOTAL(9,C6:C13)');
    expect(book.Sheets["O'Hara  plans"].A6).toMatchObject({ t: 's', v: '=1+1' });
  });
});

describe('others', () => {
  it.skipIf(!existsSync(EXCELIZE))('excelize opens it', () => {
    const read = JSON.parse(execFileSync(EXCELIZE, ['read', FILE]).toString());
    expect(read).toEqual({ Orders: ROWS, Empty: 5, "O'Hara  plans": 7 });
  });

  it.skipIf(!hasTool('unzip'))('unzip finds no fault', () => {
    expect(execFileSync('unzip', ['-t', FILE]).toString()).toContain('No errors detected');
  });

  it.skipIf(!hasTool('soffice'))('LibreOffice opens it and recalculates the same totals', async () => {
    const folder = join(tmpdir(), `quire-soffice-${process.pid}`);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    execFileSync(
      'soffice',
      [profile, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76', '--outdir', folder, FILE],
      { stdio: 'ignore' },
    );
    const lines = (await readFile(join(folder, `quire-readers-${process.pid}.csv`), 'utf8')).trim().split('\n');
    await rm(folder, { recursive: true, force: true });
    expect(lines.some((line) => line.startsWith('North,"1,000",R$'))).toBe(true);
    expect(lines.at(-1)).toMatch(/^Total,,"?R\$/);
    expect(lines.join('\n')).not.toMatch(/#(?:REF|NAME|VALUE|DIV)|Err:/);
  });
});
