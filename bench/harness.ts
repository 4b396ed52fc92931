import { spawn } from 'node:child_process';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Something that makes a file of a number of rows, as a program of its own. */
export interface Contestant {
  readonly name: string;
  /** The command that writes `rows` rows to `file`. It prints its usage as the last line, as {@link Usage}. */
  readonly command: (rows: number, file: string) => readonly string[];
  /** Not asked for more rows than this, because it holds them all in memory or takes minutes. */
  readonly maxRows?: number;
}

/** What a contestant says of itself at its end: nobody else can know the CPU time of a process that is gone. */
interface Usage {
  /** User and system time from the start of the process. */
  readonly cpuSeconds: number;
  readonly peakRssMiB: number;
}

export interface Measurement extends Usage {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** From the start of the process to its end. */
  readonly wallSeconds: number;
  /** Of the file. */
  readonly bytes: number;
}

/** A run that takes longer is stopped and left out. */
const LONGEST_RUN_MS = 10 * 60_000;

export const BENCH_FOLDER = '.local/bench';

/**
 * Runs a contestant several times, each in a fresh process, and gives the run that took the least wall time: what the
 * machine did besides can only make a run longer.
 * @param options `longSeconds`: what takes longer runs once
 * @returns `undefined` when it failed, after saying why
 */
export async function measure(
  contestant: Contestant,
  options: { rows: number; columns: number; repeat: number; longSeconds?: number; extension: string },
): Promise<Measurement | undefined> {
  let best: Measurement | undefined;
  await mkdir(BENCH_FOLDER, { recursive: true });
  const file = join(BENCH_FOLDER, `${contestant.name}.${options.extension}`);
  for (let i = 0; i < options.repeat; i += 1) {
    try {
      const { wallSeconds, usage } = await runOnce(contestant.command(options.rows, file));
      const { size } = await stat(file);
      if (best === undefined || wallSeconds < best.wallSeconds) {
        const { rows, columns } = options;
        best = { name: contestant.name, rows, columns, wallSeconds, ...usage, bytes: size };
      }
      if (wallSeconds > (options.longSeconds ?? Number.POSITIVE_INFINITY)) break;
    } catch (error) {
      console.error(
        `  ${contestant.name} with ${options.rows} rows: ${error instanceof Error ? error.message : error}`,
      );
      break;
    } finally {
      await rm(file, { force: true });
    }
  }
  return best;
}

async function runOnce([program = '', ...args]: readonly string[]): Promise<{ wallSeconds: number; usage: Usage }> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_RUN_MS });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(status ?? signal));
  });
  const wallSeconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`ended with ${code}: ${errors.trim().split('\n').at(-1)}`);
  return { wallSeconds, usage: readUsage(output) };
}

function readUsage(output: string): Usage {
  const usage: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  if (typeof usage === 'object' && usage !== null && 'cpuSeconds' in usage && 'peakRssMiB' in usage) {
    return { cpuSeconds: Number(usage.cpuSeconds), peakRssMiB: Number(usage.peakRssMiB) };
  }
  throw new Error('it did not say what it used');
}

/** The results as lines of text, per number of rows, with wall time as a ratio to `reference`. */
export function summary(results: readonly Measurement[], reference: string): string {
  const lines: string[] = [];
  for (const rows of new Set(results.map((result) => result.rows))) {
    const group = results.filter((result) => result.rows === rows).sort((a, b) => a.wallSeconds - b.wallSeconds);
    const base = group.find((result) => result.name === reference)?.wallSeconds;
    lines.push('', `${rows.toLocaleString('en')} rows`);
    lines.push(formatLine(['', 'wall s', `× ${reference}`, 'CPU s', 'rows/s', 'RSS MiB', 'MB']));
    for (const result of group) {
      lines.push(
        formatLine([
          result.name,
          result.wallSeconds.toFixed(2),
          base === undefined ? '–' : (result.wallSeconds / base).toFixed(2),
          result.cpuSeconds.toFixed(2),
          Math.round(rows / result.wallSeconds).toLocaleString('en'),
          result.peakRssMiB.toFixed(0),
          (result.bytes / 1e6).toFixed(2),
        ]),
      );
    }
  }
  return lines.join('\n');
}

function formatLine([name = '', ...values]: readonly string[]): string {
  return name.padEnd(26) + values.map((value) => value.padStart(12)).join('');
}
