import { join } from 'node:path';
import { BENCH_FOLDER, PEERS } from '../folders.ts';
import type { Contestant } from '../harness.ts';
import { bundleOwn } from '../own.ts';
import {
  buildGo,
  buildJava,
  buildRust,
  type Group,
  installNodePeers,
  installPythonPeers,
  nodePeer,
  programPeer,
} from '../peers.ts';
import { cargoVersion, goVersion, mavenVersion, npmVersion, pipVersion } from '../versions.ts';
import { sheetXmlPath } from './floor.ts';

/** What a peer that holds the whole workbook in memory is asked for at most. */
const IN_MEMORY = 100_000;
const TABLE = 'bench/xlsx/table.mjs';
const USAGE = 'bench/usage.mjs';
const BUNDLE = join(BENCH_FOLDER, 'quire');
const FLOORS = [6, 4, 1];
const ARROW = 'requirements-arrow.txt';

export const GROUPS: readonly Group[] = [
  { names: ['quire', ...FLOORS.map((level) => `floor-deflate-${level}`)], prepare: quire },
  {
    names: ['exceljs-memory', 'exceljs-stream', 'exceljs-stream-plain', 'sheetjs', 'write-excel-file', 'hucre'],
    prepare: node,
  },
  rust('rust_xlsxwriter', 'rust_xlsxwriter'),
  rust('excel-rs', 'excel_rs'),
  rust('excelstream', 'excelstream'),
  rust('sheetkit', 'sheetkit'),
  { names: ['excelize-stream'], prepare: go },
  { names: ['fastexcel-java'], prepare: java },
  { names: ['xlsxwriter', 'openpyxl'], prepare: python },
  { names: ['jetxl', 'rapidxlsx'], prepare: arrow },
];

export function quireCommand(rows: number, file: string): string[] {
  return [process.execPath, join(BUNDLE, 'quire.mjs'), String(rows), file];
}

async function quire(): Promise<Contestant[]> {
  await bundleOwn('bench/xlsx/quire.ts', BUNDLE);
  const floor = (level: number): Contestant => ({
    name: `floor-deflate-${level}`,
    version: `zlib ${process.versions.zlib} of Node`,
    command: (rows, file) => nodePeer('floor.mjs', String(level), sheetXmlPath(rows), file),
    files: [`${PEERS}/node/floor.mjs`, BUNDLE],
  });
  return [
    { name: 'quire', version: 'this version', command: quireCommand, files: [BUNDLE], warm: true },
    ...FLOORS.map(floor),
  ];
}

function node(): Contestant[] {
  installNodePeers();
  const peer = (name: string, script: string, library: string, more: Partial<Contestant> = {}): Contestant => ({
    name,
    version: `${library} ${npmVersion(library)}`,
    command: (rows, file) => nodePeer(`${script}.mjs`, String(rows), file),
    files: [`${PEERS}/node/${script}.mjs`, TABLE, USAGE, `${PEERS}/package-lock.json`],
    ...more,
  });
  const exceljs = (way: string, more: Partial<Contestant> = {}): Contestant =>
    peer(`exceljs-${way}`, 'exceljs', 'exceljs', {
      command: (rows, file) => nodePeer('exceljs.mjs', way, String(rows), file),
      ...more,
    });
  return [
    exceljs('memory', { maxRows: IN_MEMORY }),
    exceljs('stream'),
    exceljs('stream-plain'),
    peer('sheetjs', 'sheetjs', 'xlsx', { maxRows: IN_MEMORY }),
    peer('write-excel-file', 'write-excel-file', 'write-excel-file', { maxRows: IN_MEMORY }),
    peer('hucre', 'hucre', 'hucre'),
  ];
}

function rust(name: string, program: string): Group {
  return {
    names: [name],
    prepare: () => [
      programPeer(name, buildRust('rust', program, name), `${name} ${cargoVersion('rust')(name)} (Rust)`),
    ],
  };
}

function go(): Contestant[] {
  const library = 'github.com/xuri/excelize/v2';
  return [programPeer('excelize-stream', buildGo('.', 'go-peer'), `excelize ${goVersion(library)} (Go)`)];
}

function java(): Contestant[] {
  const classPath = buildJava();
  return [
    {
      name: 'fastexcel-java',
      version: `org.dhatim:fastexcel ${mavenVersion('fastexcel')} (Java)`,
      command: (rows, file) => ['java', '-cp', classPath, 'FastExcel', String(rows), file],
      files: [`${PEERS}/java/src/FastExcel.java`, `${PEERS}/java/pom.xml`],
      warm: true,
    },
  ];
}

function python(): Contestant[] {
  const program = installPythonPeers();
  const peer = (name: string): Contestant => ({
    name,
    version: `${name} ${pipVersion()(name)} (Python)`,
    command: (rows, file) => [program, `${PEERS}/python/xlsx.py`, name, String(rows), file],
    files: ['usage.py', 'xlsx.py', 'requirements.txt'].map((file) => `${PEERS}/python/${file}`),
  });
  return [peer('xlsxwriter'), peer('openpyxl')];
}

/** They take the whole table as Arrow, and hold it in memory. */
function arrow(): Contestant[] {
  const program = installPythonPeers(ARROW);
  const scripts = ['usage.py', 'xlsx.py', 'xlsx_arrow.py', ARROW].map((file) => `${PEERS}/python/${file}`);
  const peer = (name: string): Contestant => ({
    name,
    version: `${name} ${pipVersion(ARROW)(name)} (Rust, by Python)`,
    command: (rows, file) => [program, `${PEERS}/python/xlsx_arrow.py`, name, String(rows), file],
    files: scripts,
  });
  return [peer('jetxl'), peer('rapidxlsx')];
}
