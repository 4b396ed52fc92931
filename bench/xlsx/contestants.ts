import { join } from 'node:path';
import { build } from 'esbuild';
import { OPTIONS } from '../../lib/bundling.ts';
import { BENCH_FOLDER, type Contestant } from '../harness.ts';
import { buildGo, buildRust, type Group, installNodePeers, installPythonPeers, nodePeer, PEERS } from '../peers.ts';
import { sheetXmlPath } from './floor.ts';

/** What a peer that holds the whole workbook in memory is asked for at most. */
const IN_MEMORY = 100_000;

export const GROUPS: readonly Group[] = [
  { names: ['quire', 'floor-deflate-6', 'floor-deflate-4', 'floor-deflate-1'], prepare: quire },
  {
    names: ['exceljs-memory', 'exceljs-stream', 'exceljs-stream-plain', 'sheetjs', 'write-excel-file', 'hucre'],
    prepare: node,
  },
  { names: ['rust_xlsxwriter'], prepare: rust },
  { names: ['excelize-stream'], prepare: go },
  { names: ['xlsxwriter', 'openpyxl'], prepare: python },
];

export function quireCommand(rows: number, file: string): string[] {
  return [process.execPath, join(BENCH_FOLDER, 'quire', 'quire.mjs'), String(rows), file];
}

/** Bundled as the worker is, because that is how it runs. */
async function quire(): Promise<Contestant[]> {
  const folder = join(BENCH_FOLDER, 'quire');
  await build({ ...OPTIONS, entryPoints: { quire: 'bench/xlsx/quire.ts' }, outdir: folder, metafile: false });
  const floor = (level: number): Contestant => ({
    name: `floor-deflate-${level}`,
    command: (rows, file) => nodePeer('floor.mjs', String(level), sheetXmlPath(rows), file),
  });
  return [{ name: 'quire', command: quireCommand }, floor(6), floor(4), floor(1)];
}

function node(): Contestant[] {
  installNodePeers();
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
  const program = buildRust('rust', 'quire-bench-peers');
  return [{ name: 'rust_xlsxwriter', command: (rows, file) => [program, String(rows), file] }];
}

function go(): Contestant[] {
  const program = buildGo('.', 'go-peer');
  return [{ name: 'excelize-stream', command: (rows, file) => [program, String(rows), file] }];
}

function python(): Contestant[] {
  const program = installPythonPeers();
  const peer = (name: string): Contestant => ({
    name,
    command: (rows, file) => [program, `${PEERS}/python/xlsx.py`, name, String(rows), file],
  });
  return [peer('xlsxwriter'), peer('openpyxl')];
}
