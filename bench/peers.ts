import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BENCH_FOLDER, PEERS } from './folders.ts';
import type { Contestant } from './harness.ts';

/** Contestants that are prepared together; `names` are all that `prepare` may give. */
export interface Group {
  readonly names: readonly string[];
  readonly prepare: () => Promise<Contestant[]> | Contestant[];
}

export interface Prepared {
  readonly contestants: readonly Contestant[];
  /** Who cannot take part on this machine, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Everybody who can take part on this machine. Peers are installed or built on demand; where a language is missing, its
 * peers are left out with a note.
 * @param only when given, nothing else is prepared
 * @throws Error when `only` has a name that nobody bears
 */
export async function prepared(groups: readonly Group[], only: readonly string[] | undefined): Promise<Prepared> {
  const names = groups.flatMap((group) => group.names);
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`Unknown contestants: ${unknown.join(', ')}. Known: ${names.join(', ')}`);
  const wanted = (name: string) => only === undefined || only.includes(name);
  const contestants: Contestant[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  for (const group of groups) {
    if (!group.names.some(wanted)) continue;
    try {
      contestants.push(...(await group.prepare()));
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      leftOut.push(...group.names.filter(wanted).map((name) => ({ name, reason })));
      console.error(`Left out: ${group.names.join(', ')}: ${reason}`);
    }
  }
  return { contestants: contestants.filter(({ name }) => wanted(name)), leftOut };
}

export function nodePeer(script: string, ...args: string[]): string[] {
  return [process.execPath, '--max-old-space-size=8192', `${PEERS}/node/${script}`, ...args];
}

/** A program that was built for this: it can repeat its work, and its own bytes tell one version from the next. */
export function programPeer(name: string, program: string, version: string): Contestant {
  return {
    name,
    version,
    command: (rows, file) => [program, String(rows), file],
    files: [program],
    warm: true,
  };
}

export function installNodePeers(): void {
  once('node', `${PEERS}/package-lock.json`, `${PEERS}/node_modules`, () => {
    run('npm', ['ci', '--prefix', PEERS, '--no-audit', '--no-fund', '--ignore-scripts']);
  });
}

/** @param list of packages in {@link PEERS}`/python` @returns the interpreter that has them */
export function installPythonPeers(list = 'requirements.txt'): string {
  const venv = join(BENCH_FOLDER, 'venv');
  const program = join(venv, 'bin', 'python');
  const requirements = `${PEERS}/python/${list}`;
  once(list.replace('.txt', ''), requirements, program, () => {
    if (!existsSync(program)) run('python3', ['-m', 'venv', venv]);
    run(program, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  });
  return program;
}

/**
 * Builds one program of a crate of {@link PEERS}, with the feature that brings its library.
 * @returns the program
 */
export function buildRust(crate: string, program: string, feature: string): string {
  const target = resolve(BENCH_FOLDER, crate);
  const manifest = `${PEERS}/${crate}/Cargo.toml`;
  const args = [
    '--release',
    '--quiet',
    '--locked',
    '--manifest-path',
    manifest,
    '--features',
    feature,
    '--bin',
    program,
  ];
  run('cargo', ['build', ...args], { CARGO_TARGET_DIR: target });
  return join(target, 'release', program);
}

/** @param main package in the module of {@link PEERS}`/go` @returns the program */
export function buildGo(main: string, program: string): string {
  const path = resolve(BENCH_FOLDER, program);
  run('go', ['build', '-C', `${PEERS}/go`, '-o', path, main]);
  return path;
}

/** @returns the class path on which the Java peers are */
export function buildJava(): string {
  const target = resolve(BENCH_FOLDER, 'java');
  const sources = ['pom.xml', 'src/Bench.java', 'src/FastExcel.java', 'src/OpenPdf.java'];
  const inputs = sources.map((file) => readFileSync(`${PEERS}/java/${file}`, 'utf8')).join('\n');
  onceText('java', inputs, join(target, 'classes'), () => {
    const goals = ['package', 'dependency:copy-dependencies', `-DoutputDirectory=${target}/libraries`];
    run('mvn', ['-q', '-B', '-f', `${PEERS}/java/pom.xml`, `-Dbench.target=${target}`, ...goals]);
  });
  return `${target}/classes:${target}/libraries/*`;
}

/** Compiles one file of {@link PEERS}`/c` against a library of the system. @returns the program */
export function buildC(source: string, library: string): string {
  const path = resolve(BENCH_FOLDER, source.replace('.c', ''));
  run('cc', ['-O2', `${PEERS}/c/${source}`, `-l${library}`, '-o', path]);
  return path;
}

/** Installs again only when the list of what to install has changed since. */
function once(name: string, list: string, result: string, install: () => void): void {
  onceText(name, readFileSync(list, 'utf8'), result, install);
}

function onceText(name: string, wanted: string, result: string, install: () => void): void {
  const stamp = join(BENCH_FOLDER, `${name}.installed`);
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(BENCH_FOLDER, { recursive: true });
  install();
  writeFileSync(stamp, wanted);
}

function run(program: string, args: readonly string[], environment: Record<string, string> = {}): void {
  execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } });
}
