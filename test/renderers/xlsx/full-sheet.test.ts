import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Row } from '../../../lambdas/domain/rendering.ts';
import { requestSchema, specOf } from '../../../lambdas/domain/request.ts';
import { xlsxRenderer } from '../../../lambdas/renderers/xlsx/index.ts';
import { runReader } from '../../support/python.ts';
import { CREATED_AT } from './support.ts';

/** Title, gap and header take three of a sheet's 1,048,576 rows, the total one. */
const MOST = 1_048_576 - 4;

const READ = `
import json, sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
print(json.dumps([[name, len(rows), rows[3][0], rows[-1][0]] for name, rows in zip(book.sheet_names, sheets)]))
`;

/** Sheets of a table of so many rows: name, rows, first value, last value. */
async function sheetsOf(count: number): Promise<unknown> {
  const columns = [{ key: 'n', type: 'integer', total: 'sum' }];
  const request = specOf(requestSchema.parse({ format: 'xlsx', title: 'Full', tables: [{ columns, rows: [] }] }));
  async function* rows() {
    for (let from = 0; from < count; from += 1000) {
      yield Array.from({ length: Math.min(1000, count - from) }, (_, i): Row => [from + i + 1]);
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'quire-rows-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const output = createWriteStream(join(folder, 'full.xlsx'));
  const sink = { write: async (chunk: Uint8Array) => void output.write(chunk) };
  await xlsxRenderer.render(request, [rows()], sink, { signal: new AbortController().signal, createdAt: CREATED_AT });
  await new Promise<void>((resolve) => output.end(resolve));
  return runReader(READ, join(folder, 'full.xlsx'));
}

const sumTo = (count: number): number => (count * (count + 1)) / 2;

it('as many rows as Excel has fill one sheet, to its last row', { timeout: 60_000 }, async () => {
  expect(await sheetsOf(MOST)).toEqual([['Full', 1_048_576, 1, sumTo(MOST)]]);
});

it('one more goes on in a second sheet, with the total of both', { timeout: 60_000 }, async () => {
  expect(await sheetsOf(MOST + 1)).toEqual([
    ['Full', 1_048_575, 1, MOST],
    ['Full (2)', 5, MOST + 1, sumTo(MOST + 1)],
  ]);
});
