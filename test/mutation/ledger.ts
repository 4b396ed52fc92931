/** What the parent and the workers of a mutation run tell each other, in files of one folder. */

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';

/** How often each mutant's place was reached, by mutant id. */
export type Hits = Readonly<Record<string, number>>;

export interface Reach {
  readonly name: string;
  /** By the clock. */
  readonly ms: number;
  /** Of a processor, which is the same on a busy machine. */
  readonly cpuMs: number;
  readonly hits: Hits;
}

/** What one file of tests reaches. */
export interface Coverage {
  readonly file: string;
  /** Reached while the file was loaded, or outside of any test. */
  readonly loading: Hits;
  readonly tests: readonly Reach[];
  /** Tests that are red without any mutant. */
  readonly red: readonly string[];
}

/** What a worker does with one mutant: runs these tests, and nothing else of the file. */
export interface Order {
  readonly id: string;
  /** Names; none means all of the file. */
  readonly tests: readonly string[] | undefined;
  /** Whether the mutant acts while modules are loaded, or the tests load some by themselves. */
  readonly isStatic: boolean;
  /** Beyond this many evaluations the mutant is an endless loop. */
  readonly hitLimit: number;
  /** Milliseconds after which nobody waits any longer. */
  readonly limitMs: number;
}

export type Status = 'killed' | 'timeout' | 'survived';

/** What became of one mutant in one file of tests. */
export interface Verdict {
  readonly id: string;
  readonly file: string;
  readonly status: Status;
  /** The test that went red. */
  readonly by?: string | undefined;
  readonly ms: number;
}

/** Set for the workers: the folder. */
export const FOLDER_VARIABLE = 'QUIRE_MUTATION';

const nameOf = (file: string): string => createHash('sha256').update(file).digest('hex').slice(0, 16);
const ordersPath = (folder: string, file: string): string => `${folder}/orders-${nameOf(file)}.json`;
const coveragePath = (folder: string, file: string): string => `${folder}/coverage-${nameOf(file)}.json`;

export function writeOrders(folder: string, file: string, orders: readonly Order[]): void {
  writeFileSync(ordersPath(folder, file), JSON.stringify(orders));
}

/** `undefined`: the file's coverage is asked for, not its verdicts. */
export function readOrders(folder: string, file: string): readonly Order[] | undefined {
  const path = ordersPath(folder, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

export function writeCoverage(folder: string, coverage: Coverage): void {
  writeFileSync(coveragePath(folder, coverage.file), JSON.stringify(coverage));
}

export function readCoverage(folder: string, file: string): Coverage | undefined {
  const path = coveragePath(folder, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

export function addVerdict(folder: string, verdict: Verdict): void {
  appendFileSync(`${folder}/verdicts.jsonl`, `${JSON.stringify(verdict)}\n`);
}

/** Reads what has been added since it was last asked. */
export function verdictReader(folder: string): () => readonly Verdict[] {
  let offset = 0;
  return () => {
    const path = `${folder}/verdicts.jsonl`;
    if (!existsSync(path)) return [];
    const handle = openSync(path, 'r');
    const fresh = Buffer.alloc(Math.max(0, fstatSync(handle).size - offset));
    readSync(handle, fresh, 0, fresh.length, offset);
    closeSync(handle);
    const whole = fresh.subarray(0, fresh.lastIndexOf('\n') + 1);
    offset += whole.length;
    return whole
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Verdict);
  };
}

/** A worker says what it is about to try, so that it can be ended if it never comes back. */
export function begin(folder: string, file: string, order: Order): void {
  writeFileSync(`${folder}/busy-${process.pid}.json`, JSON.stringify({ file, id: order.id, limitMs: order.limitMs }));
}
