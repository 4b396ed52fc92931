import type { Job, JobFilter } from '../../client/index.ts';
import { ageOf } from '../age.ts';
import { CliError } from '../exit.ts';
import type { Service } from './jobs.ts';

/** The flags that choose jobs. */
export interface FilterFlags {
  readonly status?: string | undefined;
  readonly format?: string | undefined;
  readonly reference?: string | undefined;
  readonly newerThan?: string | undefined;
  readonly olderThan?: string | undefined;
}

export interface ListFlags extends FilterFlags {
  readonly limit: string;
}

/** `quire list`: the caller's jobs, newest first, a line each; as JSON, a list of them. */
export async function listCommand(flags: ListFlags, { screen, quire }: Service, signal: AbortSignal): Promise<void> {
  const limit = limitOf(flags.limit);
  const jobs: Job[] = [];
  for await (const job of quire.list(filterOf(flags), { signal })) {
    jobs.push(job);
    if (jobs.length === limit) break;
  }
  if (jobs.length === 0 && !screen.json) return screen.note('No job is like that.');
  screen.data(jobs, jobTable(jobs));
  if (jobs.length === limit) screen.note(`There may be more than these ${limit}: --limit shows more.`);
}

/** What the flags choose. What a status or a format may be, the API says. */
export function filterOf({ status, format, reference, newerThan, olderThan }: FilterFlags): JobFilter {
  return {
    ...(status === undefined ? {} : { status: status as NonNullable<JobFilter['status']> }),
    ...(format === undefined ? {} : { format: format as NonNullable<JobFilter['format']> }),
    ...(reference === undefined ? {} : { reference }),
    ...(newerThan === undefined ? {} : { from: ageOf(newerThan, '--newer-than') }),
    ...(olderThan === undefined ? {} : { to: ageOf(olderThan, '--older-than') }),
  };
}

/** Columns as wide as what is in them, under a header. */
export function jobTable(jobs: readonly Job[]): string {
  const rows = jobs.map(({ id, status, format, createdAt, progress, error, reference }) => [
    id,
    status,
    format,
    createdAt.replace(/\.\d+Z$/, 'Z'),
    progress.rowsWritten.toLocaleString('en'),
    error?.code ?? '',
    reference ?? '',
  ]);
  const table = [['JOB', 'STATUS', 'FORMAT', 'CREATED', 'ROWS', 'ERROR', 'REFERENCE'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ');
  return table.map((row) => line(row).trimEnd()).join('\n');
}

function limitOf(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new CliError('usage', `--limit takes a whole number from 1, not "${text}".`);
}
