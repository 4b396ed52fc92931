import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { runReader } from '../../support/python.ts';

/** Larger ones differ from smaller ones by their rows alone. */
const LARGEST = 1024 * 1024;
/** Of the workbooks of one test file, so many are held against Microsoft's schemas: 70 ms each. `QUIRE_AUDIT=all`: all. */
const AUDITED = process.env.QUIRE_AUDIT === 'all' ? Number.MAX_SAFE_INTEGER : 25;

const collected: Uint8Array[] = [];

/** Remembers a workbook, to be looked at when all tests of the file are done: see `audit.py`. */
export function collect(workbook: Uint8Array): void {
  if (workbook.length <= LARGEST) collected.push(workbook);
}

afterAll(async () => {
  const workbooks = collected.splice(0);
  if (workbooks.length === 0) return;
  expect(await auditFaults(workbooks)).toEqual([]);
}, 600_000);

/** What is wrong with workbooks, each fault with the position of its workbook. */
export async function auditFaults(workbooks: readonly Uint8Array[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-audit-'));
  try {
    const paths = workbooks.map((_, i) => join(folder, `${i}.xlsx`));
    for (const [i, bytes] of workbooks.entries()) await writeFile(paths[i] as string, bytes);
    const list = join(folder, 'list.txt');
    await writeFile(list, paths.join('\n'));
    const found = await runReader<Record<string, string[]>>('test/renderers/xlsx/audit.py', list, String(AUDITED));
    return Object.entries(found).flatMap(([path, faults]) =>
      faults.map((fault) => `workbook ${paths.indexOf(path)}: ${fault}`),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
