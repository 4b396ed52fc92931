import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { BENCH_FOLDER, type Contestant } from '../harness.ts';
import { sheetXmlPath } from './floor.ts';

const PEERS = 'bench/peers';
/** What a peer that holds the whole workbook in memory is asked for at most. */
const IN_MEMORY = 100_000;

/**
 * Everybody who can take part on this machine. Peers are installed or built on demand; where a language is missing, its
 * peers are left out with a note.
 * @param only when given, nothing else is prepared
 */
export async function contestants(only: readonly string[] | undefined): Promise<Contestant[]> {
  const wanted = (name: string) => only === undefined || only.includes(name);
  const groups: [names: readonly string[], prepare: () => Promise<Contestant[]> | Contestant[]][] = [
    [['quire', 'floor-deflate-6', 'floor-deflate-4', 'floor-deflate-1'], quire],
    [['exceljs-memory', 'exceljs-stream', 'exceljs-stream-plain', 'sheetjs', 'write-excel-file', 'hucre'], node],
    [['rust_xlsxwriter'], rust],
    [['excelize-stream'], go],
    [['xlsxwriter', 'openpyxl'], python],
  ];
  const all: Contestant[] = [];
  for (const [names, prepare] of groups) {
    if (!names.some(wanted)) continue;
    try {
      all.push(...(await prepare()));
    } catch (error) {
      console.error(`Left out ${names.join(', ')}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  return all;
}

export function quireCommand(rows: number, file: string): string[] {
  return [process.execPath, join(BENCH_FOLDER, 'quire', 'quire.js'), String(rows), file];
}

/** Bundled as the worker is, because that is how it runs. */
async function quire(): Promise<Contestant[]> {
  await build({
    entryPoints: ['bench/xlsx/quire.ts'],
    outdir: join(BENCH_FOLDER, 'quire'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: `import{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
    logLevel: 'error',
  });
  const floor = (level: number): Contestant => ({
    name: `floor-deflate-${level}`,
    command: (rows, file) => nodePeer('floor.mjs', String(level), sheetXmlPath(rows), file),
  });
  return [{ name: 'quire', command: quireCommand }, floor(6), floor(4), floor(1)];
}

function nodePeer(script: string, ...args: string[]): string[] {
  return [process.execPath, '--max-old-space-size=8192', `${PEERS}/node/${script}`, ...args];
}

function node(): Contestant[] {
  if (!existsSync(`${PEERS}/node_modules`)) run('npm', ['ci', '--prefix', PEERS, '--no-audit', '--no-fund']);
  const peer = (name: string, script: string, way?: string, maxRows?: number): Contestant => ({
    name,
    command: (rows, file) => nodePeer(script, ...(way === undefined ? [] : [way]), String(rows), file),
    ...(maxRows !== undefined && { maxRows }),
  });
  return [
    peer('exceljs-memory', 'exceljs.mjs', 'memory', IN_MEMORY),
    peer('exceljs-stream', 'exceljs.mjs', 'stream'),
    peer('exceljs-stream-plain', 'exceljs.mjs', 'stream-plain'),
    peer('sheetjs', 'sheetjs.mjs', undefined, IN_MEMORY),
    peer('write-excel-file', 'write-excel-file.mjs', undefined, IN_MEMORY),
    peer('hucre', 'hucre.mjs'),
  ];
}

function rust(): Contestant[] {
  const target = resolve(BENCH_FOLDER, 'rust');
  run('cargo', ['build', '--release', '--quiet', '--locked', '--manifest-path', `${PEERS}/rust/Cargo.toml`], {
    CARGO_TARGET_DIR: target,
  });
  const program = join(target, 'release', 'quire-bench-peers');
  return [{ name: 'rust_xlsxwriter', command: (rows, file) => [program, String(rows), file] }];
}

function go(): Contestant[] {
  const program = resolve(BENCH_FOLDER, 'go-peer');
  run('go', ['build', '-C', `${PEERS}/go`, '-o', program, '.']);
  return [{ name: 'excelize-stream', command: (rows, file) => [program, String(rows), file] }];
}

function python(): Contestant[] {
  const venv = join(BENCH_FOLDER, 'venv');
  const program = join(venv, 'bin', 'python');
  if (!existsSync(program)) {
    run('python3', ['-m', 'venv', venv]);
    run(program, ['-m', 'pip', 'install', '--quiet', '-r', `${PEERS}/python/requirements.txt`]);
  }
  const peer = (name: string): Contestant => ({
    name,
    command: (rows, file) => [program, `${PEERS}/python/xlsx.py`, name, String(rows), file],
  });
  return [peer('xlsxwriter'), peer('openpyxl')];
}

function run(program: string, args: readonly string[], environment: Record<string, string> = {}): void {
  execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } });
}
