import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BENCH_FOLDER, type Contestant } from './harness.ts';

export const PEERS = 'bench/peers';

/** Contestants that are prepared together; `names` are all that `prepare` may give. */
export interface Group {
  readonly names: readonly string[];
  readonly prepare: () => Promise<Contestant[]> | Contestant[];
}

/**
 * Everybody who can take part on this machine. Peers are installed or built on demand; where a language is missing, its
 * peers are left out with a note.
 * @param only when given, nothing else is prepared
 */
export async function prepared(groups: readonly Group[], only: readonly string[] | undefined): Promise<Contestant[]> {
  const wanted = (name: string) => only === undefined || only.includes(name);
  const all: Contestant[] = [];
  for (const { names, prepare } of groups) {
    if (!names.some(wanted)) continue;
    try {
      all.push(...(await prepare()));
    } catch (error) {
      console.error(`Left out ${names.join(', ')}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  return all.filter(({ name }) => wanted(name));
}

export function nodePeer(script: string, ...args: string[]): string[] {
  return [process.execPath, '--max-old-space-size=8192', `${PEERS}/node/${script}`, ...args];
}

export function installNodePeers(): void {
  once('node', `${PEERS}/package-lock.json`, `${PEERS}/node_modules`, () => {
    run('npm', ['ci', '--prefix', PEERS, '--no-audit', '--no-fund', '--ignore-scripts']);
  });
}

/** @returns the interpreter that has the Python peers */
export function installPythonPeers(): string {
  const venv = join(BENCH_FOLDER, 'venv');
  const program = join(venv, 'bin', 'python');
  const requirements = `${PEERS}/python/requirements.txt`;
  once('python', requirements, program, () => {
    run('python3', ['-m', 'venv', venv]);
    run(program, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  });
  return program;
}

/** @param folder of the crate, in {@link PEERS} @returns the program */
export function buildRust(folder: string, program: string): string {
  const target = resolve(BENCH_FOLDER, 'rust');
  run('cargo', ['build', '--release', '--quiet', '--locked', '--manifest-path', `${PEERS}/${folder}/Cargo.toml`], {
    CARGO_TARGET_DIR: target,
  });
  return join(target, 'release', program);
}

/** @param main package in the module of {@link PEERS}`/go` @returns the program */
export function buildGo(main: string, program: string): string {
  const path = resolve(BENCH_FOLDER, program);
  run('go', ['build', '-C', `${PEERS}/go`, '-o', path, main]);
  return path;
}

/** Installs again only when the list of what to install has changed since. */
function once(name: string, list: string, result: string, install: () => void): void {
  const stamp = join(BENCH_FOLDER, `${name}.installed`);
  const wanted = readFileSync(list, 'utf8');
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  install();
  mkdirSync(BENCH_FOLDER, { recursive: true });
  writeFileSync(stamp, wanted);
}

function run(program: string, args: readonly string[], environment: Record<string, string> = {}): void {
  execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } });
}
