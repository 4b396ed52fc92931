import { spawn } from 'node:child_process';

/** Something that makes a file of a number of rows, as a program of its own. */
export interface Contestant {
  readonly name: string;
  /** The library and its version, as the lists that it is installed from have it. */
  readonly version: string;
  /**
   * The command that writes `rows` rows to `file`. It prints what it used as the last line, as {@link Usage}. One that
   * can be measured warm takes a number of runs as one more argument.
   */
  readonly command: (rows: number, file: string) => readonly string[];
  /** Its files, by which it is known whether it is still what was measured. */
  readonly files: readonly string[];
  /** Not asked for more rows than this, because it holds them all in memory or takes minutes. */
  readonly maxRows?: number;
  /** Repeats its work inside one process when it is asked to. */
  readonly warm?: boolean;
  /** What it leaves out that others do, where no reader can find that out. */
  readonly lacks?: readonly string[];
}

/** What a contestant says of itself at its end: nobody else can know the CPU time of a process that is gone. */
export interface Usage {
  /** User and system time from the start of the process. */
  readonly cpuSeconds: number;
  readonly peakRssMiB: number;
  /** Of each run inside the process, where it was asked for several. */
  readonly milliseconds: readonly number[];
}

export interface Run extends Usage {
  /** From the start of the process to its end. */
  readonly wallSeconds: number;
}

/** A run that takes longer is stopped and left out. */
const LONGEST_RUN_MS = 10 * 60_000;

/**
 * Runs a command to its end, in a process of its own.
 * @throws Error when it fails, with the last line that it wrote about that
 */
export async function runOnce(
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const started = performance.now();
  const env = { ...process.env, ...environment };
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_RUN_MS, env });
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
  if (code !== 0) throw new Error(`ended with ${code}: ${faultIn(errors)}`);
  return { wallSeconds, ...readUsage(output) };
}

/** The last line that reports an error, or the last one. */
function faultIn(errors: string): string {
  const lines = errors.trim().split('\n');
  return lines.findLast((line) => /error|panic|exception/i.test(line)) ?? lines.at(-1) ?? '';
}

function readUsage(output: string): Usage {
  const usage: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  if (typeof usage !== 'object' || usage === null || !('cpuSeconds' in usage) || !('peakRssMiB' in usage)) {
    throw new Error('it did not report its usage');
  }
  const milliseconds =
    'milliseconds' in usage && Array.isArray(usage.milliseconds) ? usage.milliseconds.map(Number) : [];
  return { cpuSeconds: Number(usage.cpuSeconds), peakRssMiB: Number(usage.peakRssMiB), milliseconds };
}
