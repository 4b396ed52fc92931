import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runAgain } from './field.ts';
import { BENCH_FOLDER } from './folders.ts';
import { type Contestant, runOnce } from './harness.ts';
import { fingerprintOf, type Journal, type RunEntry } from './journal.ts';
import type { ContestantFacts, Measurement } from './results.ts';
import type { Suite } from './suite.ts';
import type { Cores } from './ways.ts';

const TASKSET = '/usr/bin/taskset';

export interface Failure {
  readonly name: string;
  readonly rows: number;
  readonly reason: string;
}

/** Runs the contestants of a suite, one at a time, and knows what they took. */
export class Measuring {
  readonly failures: Failure[] = [];
  /** Runs that were in the journal before. */
  resumed = 0;
  readonly #suite: Suite;
  readonly #contestants: readonly Contestant[];
  readonly #journal: Journal;
  readonly #fingerprints: ReadonlyMap<Contestant, string>;
  readonly #counted: RunEntry[] = [];

  constructor(suite: Suite, contestants: readonly Contestant[], journal: Journal) {
    this.#suite = suite;
    this.#contestants = contestants;
    this.#journal = journal;
    this.#fingerprints = new Map(contestants.map((contestant) => [contestant, fingerprintOf(contestant)]));
  }

  /** Everybody once, then in turns those who deserve more; on one core only these. */
  async size(rows: number, cores: Cores, repeat: number): Promise<void> {
    if (cores === 'one' && !existsSync(TASKSET))
      return console.error('Without taskset nothing is measured on one core.');
    const takers = this.#contestants.filter(({ maxRows }) => rows <= (maxRows ?? Number.POSITIVE_INFINITY));
    await this.#suite.before?.(takers, rows);
    const first = cores === 'one' ? this.#deserving(takers, rows) : takers;
    for (const contestant of first) await this.#upTo(1, contestant, rows, cores);
    const deserving = cores === 'one' ? first : this.#deserving(takers, rows);
    for (let runs = 2; runs <= repeat; runs += 1) {
      for (const contestant of deserving) await this.#upTo(runs, contestant, rows, cores);
    }
  }

  /** The fastest run of each contestant, number of rows and kind of cores. */
  measurements(sizes: readonly number[]): Measurement[] {
    return sizes.flatMap((rows) =>
      this.#contestants.flatMap((contestant) => [
        ...this.#measurement(contestant, rows, 'all'),
        ...this.#measurement(contestant, rows, 'one'),
      ]),
    );
  }

  facts(): ContestantFacts[] {
    return this.#contestants.map((contestant) => {
      return { name: contestant.name, version: contestant.version, lacks: this.#lacks(contestant) };
    });
  }

  /** When the first and the last of the runs that count were made. */
  period(): { from: string; to: string } {
    const times = this.#counted.map(({ at }) => at).sort();
    return { from: times[0] ?? '', to: times.at(-1) ?? '' };
  }

  #measurement(contestant: Contestant, rows: number, cores: Cores): Measurement[] {
    const runs = this.#runs(contestant, rows, cores);
    this.#counted.push(...runs);
    const best = runs.toSorted((a, b) => a.wallSeconds - b.wallSeconds)[0];
    if (best === undefined) return [];
    const { name, wallSeconds, cpuSeconds, peakRssMiB, bytes } = best;
    return [{ name, rows, cores, runs: runs.length, wallSeconds, cpuSeconds, peakRssMiB, bytes }];
  }

  #deserving(takers: readonly Contestant[], rows: number): Contestant[] {
    const field = takers.flatMap((contestant) => {
      const walls = this.#runs(contestant, rows, 'all').map(({ wallSeconds }) => wallSeconds);
      const table = this.#suite.tableOf(this.#lacks(contestant));
      return walls.length === 0 ? [] : [{ name: contestant.name, wallSeconds: Math.min(...walls), table }];
    });
    const again = runAgain(field);
    return takers.filter(({ name }) => again.has(name));
  }

  async #upTo(wanted: number, contestant: Contestant, rows: number, cores: Cores): Promise<void> {
    const runs = this.#runs(contestant, rows, cores).length;
    if (runs >= wanted) {
      this.resumed += 1;
      return;
    }
    if (this.failures.some((failure) => failure.name === contestant.name && failure.rows === rows)) return;
    process.stderr.write(
      `${contestant.name}, ${rows} rows, ${cores === 'one' ? 'one core' : 'all cores'}, ${runs + 1}\n`,
    );
    try {
      await this.#run(contestant, rows, cores);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`  ${reason}`);
      this.failures.push({ name: contestant.name, rows, reason });
    }
  }

  async #run(contestant: Contestant, rows: number, cores: Cores): Promise<void> {
    await mkdir(BENCH_FOLDER, { recursive: true });
    const file = join(BENCH_FOLDER, `${contestant.name}.${this.#suite.extension}`);
    const command = contestant.command(rows, file);
    try {
      const run = await runOnce(cores === 'one' ? [TASKSET, '-c', '0', ...command] : command);
      const { size: bytes } = await stat(file);
      await this.#check(contestant, rows, file);
      const { wallSeconds, cpuSeconds, peakRssMiB } = run;
      this.#journal.add({
        type: 'run',
        ...this.#key(contestant, rows),
        cores,
        wallSeconds,
        cpuSeconds,
        peakRssMiB,
        bytes,
      });
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Once for each number of rows: the same program writes the same file. */
  async #check(contestant: Contestant, rows: number, file: string): Promise<void> {
    const checks = this.#journal.checks(contestant, this.#fingerprint(contestant));
    if (checks.some((check) => check.rows === rows)) return;
    const lacks = await this.#suite.check(contestant, rows, file);
    this.#journal.add({ type: 'check', ...this.#key(contestant, rows), lacks: [...lacks] });
  }

  #lacks(contestant: Contestant): string[] {
    const checks = this.#journal.checks(contestant, this.#fingerprint(contestant));
    return [...new Set([...(contestant.lacks ?? []), ...checks.flatMap(({ lacks }) => lacks)])];
  }

  #runs(contestant: Contestant, rows: number, cores: Cores): RunEntry[] {
    return this.#journal.runs(contestant, this.#fingerprint(contestant), rows, cores);
  }

  #key(contestant: Contestant, rows: number) {
    const at = new Date().toISOString();
    return { name: contestant.name, fingerprint: this.#fingerprint(contestant), rows, at };
  }

  #fingerprint(contestant: Contestant): string {
    return this.#fingerprints.get(contestant) ?? '';
  }
}
