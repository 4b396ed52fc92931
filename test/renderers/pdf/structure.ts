import { execFileSync } from 'node:child_process';
import { hasTool } from '../../support/tools.ts';
import { type Pdf, saved } from './support.ts';

export const PDFINFO = hasTool('pdfinfo');

/** The cells of each table's rows, header and headings of groups among them, as the file's own structure has them. Lines follow without a blank. */
export function tablesOf({ bytes }: Pdf): string[][][] {
  const text = execFileSync('pdfinfo', ['-struct-text', saved(bytes)], { maxBuffer: 1 << 28 }).toString('utf8');
  const tables: string[][][] = [];
  let inCell = false;
  for (const line of text.split('\n').map((part) => part.trim())) {
    const rows = tables.at(-1) ?? [];
    const row = rows.at(-1) ?? [];
    if (line.startsWith('Table')) tables.push([]);
    else if (/^TR\b/.test(line)) rows.push([]);
    else if (/^T[DH]\b/.test(line)) row.push('');
    else if (inCell && /^".*"$/.test(line)) row[row.length - 1] += line.slice(1, -1).replaceAll('\u00a0', ' ');
    if (/^[A-Z]\w*\b/.test(line)) inCell = /^T[DH]\b/.test(line);
  }
  return tables;
}
