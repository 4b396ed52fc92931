import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BENCH_FOLDER, PEERS } from '../folders.ts';
import { installPythonPeers } from '../peers.ts';

export const ARROW = 'requirements-arrow.txt';

export type Input = 'csv.gz' | 'parquet';

/** Where the input of so many rows lies. */
export function inputPath(rows: number, input: Input): string {
  return join(BENCH_FOLDER, `dataset-${rows}.${input}`);
}

/** Makes both inputs of so many rows, unless they are there. */
export async function makeInputs(rows: number): Promise<void> {
  const [csv, parquet] = [inputPath(rows, 'csv.gz'), inputPath(rows, 'parquet')];
  if (existsSync(csv) && existsSync(parquet)) return;
  const python = installPythonPeers(ARROW);
  // Under their names only once they are whole.
  await promisify(execFile)(python, [
    `${PEERS}/python/make_dataset.py`,
    String(rows),
    `${csv}.part`,
    `${parquet}.part`,
  ]);
  await rename(`${csv}.part`, csv);
  await rename(`${parquet}.part`, parquet);
}
