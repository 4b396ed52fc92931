import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import exceljs from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quire } from './world.ts';

const CSV = 'region,total\nNorth,12.5\nSouth,7\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quire-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string, content?: string | Uint8Array) => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

async function cellsOf(file: string | Buffer): Promise<unknown[][]> {
  const workbook = new exceljs.Workbook();
  if (typeof file === 'string') await workbook.xlsx.readFile(file);
  else await workbook.xlsx.load(file as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return (workbook.worksheets[0]?.getSheetValues() ?? []).slice(1).map((row) => (row as unknown[]).slice(1));
}

describe('quire render', () => {
  it('makes a workbook of a CSV, and tells on standard error what it made', async () => {
    const out = at('out.xlsx');
    const ended = await quire(['render', at('sales.csv', CSV), '--out', out]);
    expect(ended).toMatchObject({ code: 0, out: Buffer.alloc(0) });
    expect(ended.err).toMatch(/out\.xlsx: 2 rows.*KiB/);
    const rows = await cellsOf(out);
    expect(rows).toContainEqual(['North', 12.5]);
    expect(rows).toContainEqual(['South', 7]);
  });

  it('reads standard input and writes standard output', async () => {
    const { code, out } = await quire(['render', '-', '--out', '-'], { stdin: CSV });
    expect(code).toBe(0);
    expect(await cellsOf(out)).toContainEqual(['North', 12.5]);
  });

  it('makes a PDF of packed rows, described by a file of columns', async () => {
    const columns = at(
      'columns.json',
      JSON.stringify({ title: 'Ledger', columns: [{ key: 'total', type: 'number' }] }),
    );
    const out = at('a.pdf');
    const { code, out: json } = await quire([
      '--json',
      'render',
      at('sales.csv.gz', gzipSync(CSV)),
      '-o',
      out,
      '--columns',
      columns,
    ]);
    expect(code).toBe(0);
    const told = JSON.parse(json.toString());
    const bytes = readFileSync(out);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(told).toMatchObject({ file: out, rows: 2, pages: 1, sizeBytes: bytes.length });
    expect(told.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it.each([
    ['a file that is not there', ['render', '/nowhere/rows.csv'], /cannot be read/],
    ['a name that tells no format', ['render', '-', '--input', 'xls'], /--input takes csv/],
    ['a format that is none', ['render', '-', '--format', 'docx'], /--format takes xlsx or pdf/],
    ['an unknown flag', ['render', '-', '--colour'], /unknown option/],
    ['no file', ['render'], /missing required argument/],
    ['an unknown time zone', ['render', '-', '--time-zone', 'Mars/Base'], /IANA time zone/],
  ])('ends with 2 for %s, and says so', async (_, argv, message) => {
    const { code, err } = await quire(argv, { stdin: CSV });
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('leaves no half of a file behind when the rows are broken', async () => {
    const rows = at('broken.csv', 'a,b\n1,2\n3\n');
    const before = readdirSync(folder);
    const { code, err } = await quire(['render', rows, '--out', at('out.xlsx')]);
    expect(code).toBe(2);
    expect(err).toMatch(/line 3/i);
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('quire', () => {
  it('tells its exit codes and its examples in its help', async () => {
    const { code, out } = await quire(['--help']);
    expect(code).toBe(0);
    expect(out.toString()).toMatch(/Exit codes:\n {2}0 {4}done/);
    expect(out.toString()).toMatch(/quire render sales\.csv/);
  });

  it('tells its version', async () => {
    expect((await quire(['--version'])).out.toString()).toBe('1.2.3\n');
  });

  it.each(['bash', 'zsh', 'fish'])('completes its commands in %s', async (shell) => {
    const { code, out } = await quire(['completion', shell]);
    expect(code).toBe(0);
    for (const word of ['generate', 'render', 'status', 'group-by']) expect(out.toString()).toContain(word);
  });
});
