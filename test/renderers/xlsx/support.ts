import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Cell } from '../../../lambdas/domain/cells.ts';
import type { Rendered, Row, RowStream } from '../../../lambdas/domain/rendering.ts';
import { requestSchema, specOf } from '../../../lambdas/domain/request.ts';
import { createXlsxRenderer } from '../../../lambdas/renderers/xlsx/index.ts';
import { columnLetters } from '../../../lambdas/renderers/xlsx/references.ts';
import { EXCEL_LIMITS, type SheetLimits } from '../../../lambdas/renderers/xlsx/sheet-writer.ts';
import { collect } from './audit.ts';

export const CREATED_AT = new Date('2026-11-24T10:20:30Z');

/** A table of a request as a test writes it, with its rows. */
export interface TestTable {
  readonly name?: string;
  readonly columns: readonly Record<string, unknown>[];
  readonly groupBy?: string;
  readonly rows: readonly Row[] | RowStream;
}

export interface TestReport {
  readonly title?: string;
  readonly tables: readonly TestTable[];
  readonly [key: string]: unknown;
}

export interface Workbook extends Rendered {
  readonly bytes: Buffer;
}

/** Renders a report the way a worker does, by the request's own schema. */
export async function render(report: TestReport, limits: Partial<SheetLimits> = {}): Promise<Workbook> {
  const tables = report.tables.map(({ rows, ...table }) => ({ ...table, rows: [] }));
  const request = specOf(requestSchema.parse({ format: 'xlsx', title: 'Report', ...report, tables }));
  const chunks: Uint8Array[] = [];
  const sink = {
    async write(chunk: Uint8Array) {
      chunks.push(chunk);
    },
  };
  const context = { signal: new AbortController().signal, createdAt: CREATED_AT };
  const streams = report.tables.map(({ rows }) => (Array.isArray(rows) ? batches(rows) : (rows as RowStream)));
  const rendered = await createXlsxRenderer({ ...EXCEL_LIMITS, ...limits }).render(request, streams, sink, context);
  const bytes = Buffer.concat(chunks);
  collect(bytes);
  return { ...rendered, bytes };
}

/** One column of one type, and its cells. */
export function renderColumn(
  column: string | Record<string, unknown>,
  cells: readonly Cell[],
  report: Record<string, unknown> = {},
): Promise<Workbook> {
  const spec = typeof column === 'string' ? { type: column } : column;
  return render({ ...report, tables: [{ columns: [{ key: 'c', ...spec }], rows: cells.map((cell) => [cell]) }] });
}

export async function* batches(rows: readonly Row[], size = 1000): AsyncGenerator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

/** The entries of an archive by its directory, as text. */
export function parts(archive: Buffer): Map<string, string> {
  const entries = new Map<string, string>();
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const header = archive.readUInt32LE(at + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const content = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    entries.set(name, (archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString('utf8'));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

export function sheetXml(workbook: Workbook, number = 1): string {
  return parts(workbook.bytes).get(`xl/worksheets/sheet${number}.xml`) ?? '';
}

/** The `<c>` elements of a sheet by their place, which each is given if it does not say it; without rows above `from`. */
export function cellXml(workbook: Workbook, number = 1, from = 4): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [, row = '', content = ''] of sheetXml(workbook, number).matchAll(
    /<row r="(\d+)"[^>]*(?<!\/)>(.*?)<\/row>/gs,
  )) {
    let column = -1;
    for (const [, letters, rest] of content.matchAll(/<c(?: r="([A-Z]+)\d+")?((?:[^>]*\/>|.*?<\/c>))/gs)) {
      column = letters === undefined ? column + 1 : columnIndex(letters);
      const place = `${columnLetters(column)}${row}`;
      if (Number(row) >= from) cells.set(place, `<c r="${place}"${rest}`);
    }
  }
  return cells;
}

function columnIndex(letters: string): number {
  return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Codes of warnings, each with its count. */
export function warned({ warnings }: Rendered): Record<string, number> {
  return Object.fromEntries(warnings.map(({ code, count }) => [code, count]));
}

/** Writes a workbook to a file that is gone after the test. */
export async function saved(workbook: { readonly bytes: Uint8Array }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-xlsx-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.xlsx');
  await writeFile(file, workbook.bytes);
  return file;
}
