import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../paths.ts';

/** Public data sets from the npm package vega-datasets, read from `node_modules`: real data without a download. */
const FOLDER = `${ROOT}/node_modules/vega-datasets/data`;

export async function readJson<T>(name: string): Promise<T[]> {
  return JSON.parse(await readFile(join(FOLDER, name), 'utf8'));
}

/** A CSV file without quoted commas, as objects by header. */
export async function readCsv(name: string): Promise<Record<string, string>[]> {
  const [header = '', ...lines] = (await readFile(join(FOLDER, name), 'utf8')).trim().split(/\r?\n/);
  const keys = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(keys.map((key, i) => [key, cells[i] ?? '']));
  });
}

/** Groups in the order in which their keys first occur. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export function sum(numbers: readonly (number | null)[]): number {
  return numbers.reduce<number>((total, n) => total + (n ?? 0), 0);
}
