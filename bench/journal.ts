import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { BENCH_FOLDER } from './folders.ts';
import type { Contestant } from './harness.ts';
import { CORES, type Cores, WAYS, type Way } from './ways.ts';

const common = { name: z.string(), fingerprint: z.string(), rows: z.number(), at: z.string() };

const runSchema = z.object({
  ...common,
  type: z.literal('run'),
  cores: z.enum(CORES),
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  peakRssMiB: z.number(),
  bytes: z.number(),
});
export type RunEntry = z.infer<typeof runSchema>;

const checkSchema = z.object({
  ...common,
  type: z.literal('check'),
  /** What a reader misses in the file. */
  lacks: z.array(z.string()),
});
export type CheckEntry = z.infer<typeof checkSchema>;

const timesSchema = z.object({
  ...common,
  type: z.literal('times'),
  way: z.enum(WAYS),
  milliseconds: z.array(z.number()),
});
export type TimesEntry = z.infer<typeof timesSchema>;

const entrySchema = z.discriminatedUnion('type', [runSchema, checkSchema, timesSchema]);
export type Entry = z.infer<typeof entrySchema>;

/**
 * What a suite has measured on this machine, a line for each run, so that one that was stopped goes on where it was. A
 * contestant that has changed since is measured again.
 */
export class Journal {
  readonly #path: string;
  readonly #entries: Entry[];

  private constructor(path: string, entries: Entry[]) {
    this.#path = path;
    this.#entries = entries;
  }

  /** @param fresh forgets what was measured before */
  static open(suite: string, fresh: boolean, folder = BENCH_FOLDER): Journal {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${suite}.jsonl`);
    if (fresh) rmSync(path, { force: true });
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    const entries = lines.flatMap((line) => {
      const entry = entrySchema.safeParse(parsed(line));
      return entry.success ? [entry.data] : []; // a process that was killed may have left half a line
    });
    return new Journal(path, entries);
  }

  add(entry: Entry): void {
    appendFileSync(this.#path, `${JSON.stringify(entry)}\n`);
    this.#entries.push(entry);
  }

  runs({ name }: Contestant, fingerprint: string, rows: number, cores: Cores): RunEntry[] {
    return this.#of(name, fingerprint)
      .filter((entry) => entry.type === 'run')
      .filter((entry) => entry.rows === rows && entry.cores === cores);
  }

  /** Of any number of rows. */
  checks({ name }: Contestant, fingerprint: string): CheckEntry[] {
    return this.#of(name, fingerprint).filter((entry) => entry.type === 'check');
  }

  times({ name }: Contestant, fingerprint: string, rows: number, way: Way): TimesEntry | undefined {
    return this.#of(name, fingerprint)
      .filter((entry) => entry.type === 'times')
      .find((entry) => entry.rows === rows && entry.way === way);
  }

  #of(name: string, fingerprint: string): Entry[] {
    return this.#entries.filter((entry) => entry.name === name && entry.fingerprint === fingerprint);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Tells a contestant from what it was before a change of its files, which may be folders. */
export function fingerprintOf({ files }: Pick<Contestant, 'files'>): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const all = statSync(file).isDirectory()
      ? readdirSync(file)
          .sort()
          .map((name) => join(file, name))
      : [file];
    for (const path of all) if (statSync(path).isFile()) hash.update(basename(path)).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}
