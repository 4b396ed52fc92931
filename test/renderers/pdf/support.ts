import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Cell } from '../../../lambdas/domain/cells.ts';
import type { ByteSink, RenderContext, Rendered, Row, RowStream } from '../../../lambdas/domain/rendering.ts';
import { requestSchema, specOf } from '../../../lambdas/domain/request.ts';
import { pdfRenderer } from '../../../lambdas/renderers/pdf/index.ts';
import { hasTool } from '../../support/tools.ts';

export const CREATED_AT = new Date('2026-11-24T10:20:30Z');

export const POPPLER = hasTool('pdftotext');
export const QPDF = hasTool('qpdf');

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

export interface Pdf extends Rendered {
  readonly bytes: Buffer;
}

/** Renders a report the way a worker does, by the request's own schema, and has qpdf check what came out. */
export async function render(report: TestReport): Promise<Pdf> {
  const pdf = await renderUnchecked(report);
  if (QPDF) execFileSync('qpdf', ['--check', saved(pdf.bytes)], { stdio: 'pipe' });
  return pdf;
}

/** The same without the check, for files that take qpdf seconds. */
export async function renderUnchecked(report: TestReport, context: Partial<RenderContext> = {}): Promise<Pdf> {
  const chunks: Uint8Array[] = [];
  const sink = {
    async write(chunk: Uint8Array) {
      chunks.push(chunk);
    },
  };
  const rendered = await renderTo(sink, report, context);
  return { ...rendered, bytes: Buffer.concat(chunks) };
}

/** @param context what differs from a signal that never fires and the tests' own date */
export function renderTo(sink: ByteSink, report: TestReport, context: Partial<RenderContext> = {}): Promise<Rendered> {
  const tables = report.tables.map(({ rows, ...table }) => ({ ...table, rows: [] }));
  const request = specOf(requestSchema.parse({ format: 'pdf', title: 'Report', ...report, tables }));
  const streams = report.tables.map(({ rows }) => (Array.isArray(rows) ? batches(rows) : (rows as RowStream)));
  const signal = new AbortController().signal;
  return pdfRenderer.render(request, streams, sink, { signal, createdAt: CREATED_AT, ...context });
}

/** A table of text: one column for each entry of the first row. */
export function texts(rows: readonly Row[], columns: Record<string, unknown> = {}): TestTable {
  return { columns: (rows[0] ?? ['']).map((_, i) => ({ key: `c${i}`, ...columns })), rows };
}

/** One column of one type, and its cells. */
export function column(spec: Record<string, unknown>, cells: readonly Cell[]): TestTable {
  return { columns: [{ key: 'c', ...spec }], rows: cells.map((cell) => [cell]) };
}

export async function* batches(rows: readonly Row[], size = 1000): AsyncGenerator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

/** Rows of short text and numbers, enough to fill pages. */
export function manyRows(count: number, from = 0): Row[] {
  return Array.from({ length: count }, (_, i) => [`Row ${from + i}`, from + i]);
}

/** A file that is gone after the test. */
export function saved(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'quire-pdf-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.pdf');
  writeFileSync(file, bytes);
  return file;
}

/** The text as a reader copies it, page by page, without the marks that readers add around other directions. */
export function textOf({ bytes }: Pdf, ...options: string[]): string[] {
  const text = execFileSync('pdftotext', [...options, saved(bytes), '-'], { maxBuffer: 1 << 28 }).toString('utf8');
  return text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .split('\f')
    .slice(0, -1);
}

/** All lines of the text, in reading order. */
export function linesOf(pdf: Pdf): string[] {
  return textOf(pdf, '-layout').flatMap((page) =>
    page
      .split('\n')
      .map((line) => line.trim().replace(/ +/g, ' '))
      .filter((line) => line !== ''),
  );
}

/** The file without compression, as text: for what no reader shows. */
export function objectsOf({ bytes }: Pdf): string {
  const options = ['--qdf', '--object-streams=disable', '--no-original-object-ids'];
  return execFileSync('qpdf', [...options, saved(bytes), '-'], { maxBuffer: 1 << 28 }).toString('latin1');
}

/** Where each word of a page stands, in points from the upper left corner. */
export function wordsOf({ bytes }: Pdf, page = 1): Word[] {
  const options = ['-bbox', '-f', String(page), '-l', String(page)];
  const html = execFileSync('pdftotext', [...options, saved(bytes), '-'], { maxBuffer: 1 << 28 }).toString('utf8');
  const found = html.matchAll(
    /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g,
  );
  return Array.from(found, ([, left, top, right, bottom, text]) => ({
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
    text: text as string,
  }));
}

export interface Word {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly text: string;
}

export function wordOf(pdf: Pdf, text: string, page = 1): Word {
  const word = wordsOf(pdf, page).find((candidate) => candidate.text === text);
  if (word === undefined) throw new Error(`page ${page} has no word "${text}"`);
  return word;
}

/** Codes of warnings, each with its count. */
export function warned({ warnings }: Rendered): Record<string, number> {
  return Object.fromEntries(warnings.map(({ code, count }) => [code, count]));
}
