import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasTool } from '../../support/tools.ts';

export const LIBREOFFICE = hasTool('soffice');

/** Tabs, UTF-8, cells as they are shown, all sheets. */
const AS_SHOWN = 'csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true,false,false,-1';

/**
 * What LibreOffice shows of a workbook, by sheet and row, trimmed. It takes some seconds whatever the size.
 * @param names of the sheets: letters alone, because they become names of files
 */
export function shownByLibreOffice(workbook: Uint8Array, names: readonly string[]): string[][][] {
  const folder = mkdtempSync(join(tmpdir(), 'quire-libreoffice-'));
  try {
    const file = join(folder, 'book.xlsx');
    writeFileSync(file, workbook);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    execFileSync('soffice', [profile, '--headless', '--convert-to', AS_SHOWN, '--outdir', folder, file], {
      stdio: 'pipe',
    });
    return names.map((name) => readTabs(readFileSync(join(folder, `book-${name}.csv`), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readTabs(text: string): string[][] {
  const unquoted = (cell: string) => (/^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  return text
    .split('\n')
    .map((line) => line.split('\t').map((cell) => unquoted(cell).replaceAll('\u00a0', ' ').trim()));
}
