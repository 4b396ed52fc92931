import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Rendered, Row } from '../../lambdas/domain/rendering.ts';
import { requestSchema, specOf } from '../../lambdas/domain/request.ts';
import { xlsxRenderer } from '../../lambdas/renderers/xlsx/index.ts';
import { CREATED_AT } from '../renderers/xlsx/support.ts';
import { runReader } from '../support/python.ts';
import { hasTool } from '../support/tools.ts';

/** The longest cells there are, so that few of them make a sheet of more than 4 GiB of XML. */
const TEXT = 'A cell as long as a cell can be. '.repeat(1000).slice(0, 32_767);
const COLUMNS = 10;
const ROWS = 13_200;

let folder: string;
let file: string;
let rendered: Rendered;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quire-zip64-'));
  file = join(folder, 'huge.xlsx');
  rendered = await write();
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(): Promise<Rendered> {
  const columns = Array.from({ length: COLUMNS }, (_, c) => ({ key: `c${c}` }));
  const request = specOf(requestSchema.parse({ format: 'xlsx', title: 'Huge', tables: [{ columns, rows: [] }] }));
  const row: Row = Array.from({ length: COLUMNS }, () => TEXT);
  async function* rows() {
    const batch = Array.from({ length: 100 }, () => row);
    for (let written = 0; written < ROWS; written += batch.length) yield batch;
  }
  const output = createWriteStream(file);
  const sink = {
    write: (chunk: Uint8Array) =>
      new Promise<void>((resolve, reject) => output.write(chunk, (error) => (error ? reject(error) : resolve()))),
  };
  const context = { signal: new AbortController().signal, createdAt: CREATED_AT };
  const result = await xlsxRenderer.render(request, [rows()], sink, context);
  await new Promise<void>((resolve) => output.end(resolve));
  return result;
}

const READ = `
import json, sys, zipfile, openpyxl
sheet = zipfile.ZipFile(sys.argv[1]).getinfo("xl/worksheets/sheet1.xml")
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
rows, last = 0, None
for rows, last in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
    pass
print(json.dumps({"size": sheet.file_size, "rows": rows, "lengths": [len(cell) for cell in last]}))
`;

it('one sheet of more than 4 GiB of XML opens, to its last cell', { timeout: 300_000 }, async () => {
  const { size, rows, lengths } = await runReader<{ size: number; rows: number; lengths: number[] }>(READ, file);
  expect(rendered).toMatchObject({ rows: ROWS, sheets: 1, warnings: [] });
  expect(size).toBeGreaterThan(2 ** 32);
  // Title, gap and header stand above.
  expect(rows).toBe(ROWS + 3);
  expect(lengths).toEqual(Array.from({ length: COLUMNS }, () => TEXT.length));
});

it.skipIf(!hasTool('unzip'))('unzip finds its sum right', { timeout: 300_000 }, () => {
  expect(execFileSync('unzip', ['-t', file]).toString()).toContain('No errors detected');
});
