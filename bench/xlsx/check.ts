import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { isFloor } from '../field.ts';
import { BENCH_FOLDER, PEERS } from '../folders.ts';
import { type Contestant, runOnce } from '../harness.ts';
import { installPythonPeers } from '../peers.ts';

const SCRIPT = `${PEERS}/python/check_xlsx.py`;
/** A control character, which XML cannot hold: a writer has to escape it, to drop it or to refuse it. */
const CONTROL = 'bell \u0001 № ';

/**
 * Counts the rows of a workbook with calamine and compares some of them, looks at types and formats with openpyxl, and
 * tries what becomes of a control character.
 * @throws Error when a reader finds other rows than were asked for
 */
export async function checkWorkbook(contestant: Contestant, rows: number, file: string): Promise<string[]> {
  if (isFloor(contestant.name)) return []; // deflated XML, no workbook
  const python = installPythonPeers();
  const lacks = await lacksOf(python, [file, String(rows)]);
  return (await survivesControl(contestant, python)) ? lacks : [...lacks, 'control characters'];
}

/** The same of what was made of a dataset, without the control character. */
export async function checkDatasetWorkbook(_: Contestant, rows: number, file: string): Promise<string[]> {
  return lacksOf(installPythonPeers(), [file, String(rows), 'dataset']);
}

async function lacksOf(python: string, args: readonly string[]): Promise<string[]> {
  return z.array(z.string()).parse(JSON.parse(await read(python, args)));
}

/** Whether the file opens, or the writer refused to write it. */
async function survivesControl(contestant: Contestant, python: string): Promise<boolean> {
  const file = join(BENCH_FOLDER, `${contestant.name}-control.xlsx`);
  try {
    await runOnce(contestant.command(10, file), { BENCH_NOTE: CONTROL });
  } catch {
    await rm(file, { force: true });
    return true;
  }
  try {
    await read(python, [file, 'control']);
    return true;
  } catch {
    return false;
  } finally {
    await rm(file, { force: true });
  }
}

async function read(python: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(python, ['-W', 'ignore', SCRIPT, ...args])).stdout;
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`a reader says: ${output.trim().split('\n').at(-1)}`);
  }
}
