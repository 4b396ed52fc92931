import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { installPythonPeers } from '../../bench/peers.ts';

const CHECK = 'test/million/check.py';

/** Counts and compares the rows of a workbook by calamine. @returns what is wrong */
export async function readWorkbook(file: string, rows: number): Promise<string[]> {
  const python = installPythonPeers();
  try {
    const { stdout } = await promisify(execFile)(python, [CHECK, file, String(rows)]);
    console.log(`  calamine: ${rows} rows, by sheet ${stdout.trim()}`);
    return [];
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return [`calamine: ${said.trim().split('\n').at(-1)}`];
  }
}

/** Counts the rows of a PDF by poppler: every note is there once. @returns what is wrong */
export async function readPdf(file: string, rows: number): Promise<string[]> {
  let [found, added] = [0, 0];
  const reader = spawn('pdftotext', ['-raw', file, '-'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const failed = new Promise<never>((_, reject) => reader.once('error', reject));
  const counted = (async () => {
    for await (const line of createInterface({ input: reader.stdout })) {
      for (const [, number] of line.matchAll(/\bn(\d+)\./g)) {
        found += 1;
        added += Number(number);
      }
    }
  })();
  await Promise.race([counted, failed]);
  console.log(`  poppler: ${found} rows`);
  if (found === rows && added === (rows * (rows - 1)) / 2) return [];
  return [`poppler: ${found} rows whose numbers add up to ${added}, where there should be ${rows}`];
}
