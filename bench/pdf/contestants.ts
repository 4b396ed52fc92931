import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as fonts from '../../lambdas/renderers/pdf/fonts/manifest.ts';
import { OPTIONS } from '../../lib/bundling.ts';
import { BENCH_FOLDER, type Contestant } from '../harness.ts';
import { buildGo, buildRust, type Group, installNodePeers, installPythonPeers, nodePeer, PEERS } from '../peers.ts';

/** What a peer is asked for at most that holds all in memory and takes minutes, or gigabytes, for ten times as much. */
const IN_MEMORY = 20_000;

const QUIRE = ['quire', 'quire-fixed', 'quire-tagged', 'quire-untagged'];
const NODE_STREAMING = ['pdfkit'];
const NODE_IN_MEMORY = ['pdf-lib', 'pdfmake', 'jspdf-autotable'];
const PYTHON = ['reportlab-canvas', 'fpdf2'];
const PYTHON_IN_MEMORY = ['reportlab-table', 'typst', 'typst-tagged'];

export const GROUPS: readonly Group[] = [
  { names: QUIRE, prepare: quire },
  { names: [...NODE_STREAMING, ...NODE_IN_MEMORY], prepare: node },
  { names: [...PYTHON, ...PYTHON_IN_MEMORY], prepare: python },
  { names: ['go-pdf-fpdf'], prepare: go },
  { names: ['krilla'], prepare: rust },
];

/** Bundled as the worker is, its Latin font beside it, because that is how it runs. */
async function quire(): Promise<Contestant[]> {
  const folder = join(BENCH_FOLDER, 'quire-pdf');
  await build({ ...OPTIONS, entryPoints: ['bench/pdf/quire.ts'], outdir: join(OPTIONS.absWorkingDir, folder) });
  const require = createRequire(import.meta.url);
  mkdirSync(join(folder, fonts.FONTS_FOLDER), { recursive: true });
  for (const { name, source } of [fonts.LATIN.regular, fonts.LATIN.bold]) {
    cpSync(require.resolve(source), join(folder, fonts.FONTS_FOLDER, name));
  }
  return QUIRE.map((name) => ({
    name,
    command: (rows, file) => [
      process.execPath,
      join(folder, 'quire.mjs'),
      name.split('-')[1] ?? 'default',
      String(rows),
      file,
    ],
  }));
}

function node(): Contestant[] {
  installNodePeers();
  return [...NODE_STREAMING, ...NODE_IN_MEMORY].map((name) => ({
    name,
    command: (rows, file) => nodePeer(`pdf/${name}.mjs`, String(rows), file),
    ...(NODE_IN_MEMORY.includes(name) && { maxRows: IN_MEMORY }),
  }));
}

function python(): Contestant[] {
  const program = installPythonPeers();
  return [...PYTHON, ...PYTHON_IN_MEMORY].map((name) => ({
    name,
    command: (rows, file) => [program, `${PEERS}/python/pdf.py`, name, String(rows), file],
    ...(PYTHON_IN_MEMORY.includes(name) && { maxRows: IN_MEMORY }),
  }));
}

function go(): Contestant[] {
  const program = buildGo('./pdf', 'go-pdf-peer');
  return [{ name: 'go-pdf-fpdf', command: (rows, file) => [program, String(rows), file] }];
}

function rust(): Contestant[] {
  const program = buildRust('rust-pdf', 'quire-bench-pdf-peers');
  return [{ name: 'krilla', command: (rows, file) => [program, String(rows), file] }];
}
