import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runReader } from '../support/python.ts';

const OPENPYXL = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
plain = lambda cell: cell.isoformat() if hasattr(cell, 'isoformat') else cell
print(json.dumps({sheet.title: [[plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book}))
`;

const PYPDF = `
import json, sys, pypdf
pages = pypdf.PdfReader(sys.argv[1]).pages
print(json.dumps([page.extract_text() for page in pages]))
`;

export type Cell = string | number | boolean | null;

/** The sheets of a workbook by name, as openpyxl reads them; dates as ISO 8601. */
export function readXlsx(bytes: Uint8Array): Promise<Record<string, Cell[][]>> {
  return withFile(bytes, 'report.xlsx', (file) => runReader(OPENPYXL, file));
}

/** The text of every page, as pypdf reads it. */
export function readPdf(bytes: Uint8Array): Promise<string[]> {
  return withFile(bytes, 'report.pdf', (file) => runReader(PYPDF, file));
}

/** The text of the whole document, as poppler reads it. */
export function pdftotext(bytes: Uint8Array): Promise<string> {
  return withFile(
    bytes,
    'report.pdf',
    async (file) => (await promisify(execFile)('pdftotext', ['-layout', file, '-'])).stdout,
  );
}

/** @throws when qpdf finds a fault or has a warning. */
export function qpdfCheck(bytes: Uint8Array): Promise<unknown> {
  return withFile(bytes, 'report.pdf', (file) => promisify(execFile)('qpdf', ['--check', file]));
}

/** The data rows under the header with these labels. */
export function rowsUnder(labels: readonly string[], sheet: readonly Cell[][]): Cell[][] {
  const header = sheet.findIndex((row) => labels.every((label, i) => row[i] === label));
  if (header === -1) throw new Error(`no row reads ${labels.join(', ')} in ${JSON.stringify(sheet.slice(0, 5))}`);
  return sheet.slice(header + 1);
}

async function withFile<T>(bytes: Uint8Array, name: string, read: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-report-'));
  try {
    await writeFile(join(folder, name), bytes);
    return await read(join(folder, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
