import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as fonts from '../../lambdas/renderers/pdf/fonts/manifest.ts';
import { BENCH_FOLDER, PEERS } from '../folders.ts';
import type { Contestant } from '../harness.ts';
import { bundleOwn } from '../own.ts';
import {
  buildC,
  buildGo,
  buildJava,
  buildRust,
  type Group,
  installNodePeers,
  installPythonPeers,
  nodePeer,
  programPeer,
} from '../peers.ts';
import { cargoVersion, goVersion, mavenVersion, npmVersion, pipVersion, systemVersion } from '../versions.ts';

/** What a peer is asked for at most that holds all in memory and takes minutes, or gigabytes, for ten times as much. */
const IN_MEMORY = 20_000;
/** Its text is put at places that are given: it measures, wraps and breaks nothing. */
const PLACED = { lacks: ['layout'] };

const QUIRE = ['quire', 'quire-fixed', 'quire-tagged', 'quire-untagged'];
const BUNDLE = join(BENCH_FOLDER, 'quire-pdf');

export const GROUPS: readonly Group[] = [
  { names: QUIRE, prepare: quire },
  { names: ['pdfkit', 'pdf-lib', 'pdfmake', 'jspdf-autotable'], prepare: node },
  { names: ['reportlab-canvas', 'reportlab-table', 'fpdf2', 'typst', 'typst-tagged'], prepare: python },
  { names: ['go-pdf-fpdf'], prepare: go },
  rust('krilla', 'krilla', 'krilla', PLACED),
  rust('mr_pdf', 'mr_pdf', 'mr_pdf', {}),
  rust('floor-pdf-writer', 'pdf_writer', 'pdf-writer', PLACED),
  { names: ['openpdf'], prepare: java },
  { names: ['libharu'], prepare: c },
];

/** Its Latin font beside it, as in the worker. */
async function quire(): Promise<Contestant[]> {
  const program = await bundleOwn('bench/pdf/quire.ts', BUNDLE);
  const require = createRequire(import.meta.url);
  mkdirSync(join(BUNDLE, fonts.FONTS_FOLDER), { recursive: true });
  for (const { name, source } of [fonts.LATIN.regular, fonts.LATIN.bold]) {
    cpSync(require.resolve(source), join(BUNDLE, fonts.FONTS_FOLDER, name));
  }
  return QUIRE.map((name) => {
    const way = name.split('-')[1] ?? 'default';
    const command = (rows: number, file: string) => [process.execPath, program, way, String(rows), file];
    return { name, version: 'this version', command, files: [BUNDLE], warm: name === 'quire' };
  });
}

function node(): Contestant[] {
  installNodePeers();
  const peer = (name: string, library: string, more: Partial<Contestant>): Contestant => ({
    name,
    version: `${library} ${npmVersion(library)}`,
    command: (rows, file) => nodePeer(`pdf/${name}.mjs`, String(rows), file),
    files: [`${PEERS}/node/pdf/${name}.mjs`, `${PEERS}/package-lock.json`, 'bench/pdf/table.mjs', 'bench/usage.mjs'],
    ...more,
  });
  return [
    peer('pdfkit', 'pdfkit', PLACED),
    peer('pdf-lib', 'pdf-lib', { ...PLACED, maxRows: IN_MEMORY }),
    peer('pdfmake', 'pdfmake', { maxRows: IN_MEMORY }),
    peer('jspdf-autotable', 'jspdf-autotable', { maxRows: IN_MEMORY }),
  ];
}

function python(): Contestant[] {
  const program = installPythonPeers();
  const peer = (name: string, library: string, more: Partial<Contestant>): Contestant => ({
    name,
    version: `${library} ${pipVersion()(library)} (Python)`,
    command: (rows, file) => [program, `${PEERS}/python/pdf.py`, name, String(rows), file],
    files: ['usage.py', 'pdf.py', 'requirements.txt'].map((file) => `${PEERS}/python/${file}`),
    ...more,
  });
  return [
    peer('reportlab-canvas', 'reportlab', PLACED),
    peer('reportlab-table', 'reportlab', { maxRows: IN_MEMORY }),
    peer('fpdf2', 'fpdf2', PLACED),
    peer('typst', 'typst', { maxRows: IN_MEMORY }),
    peer('typst-tagged', 'typst', { maxRows: IN_MEMORY }),
  ];
}

function go(): Contestant[] {
  const version = `go-pdf/fpdf ${goVersion('codeberg.org/go-pdf/fpdf')} (Go)`;
  return [{ ...programPeer('go-pdf-fpdf', buildGo('./pdf', 'go-pdf-peer'), version), ...PLACED }];
}

function rust(name: string, program: string, library: string, more: Partial<Contestant>): Group {
  const prepare = (): Contestant[] => {
    const version = `${library} ${cargoVersion('rust-pdf')(library)} (Rust)`;
    return [{ ...programPeer(name, buildRust('rust-pdf', program, library), version), ...more }];
  };
  return { names: [name], prepare };
}

function java(): Contestant[] {
  const classPath = buildJava();
  return [
    {
      name: 'openpdf',
      version: `OpenPDF ${mavenVersion('openpdf')} (Java)`,
      command: (rows, file) => ['java', '-cp', classPath, 'OpenPdf', String(rows), file],
      files: [`${PEERS}/java/src/OpenPdf.java`, `${PEERS}/java/pom.xml`],
      warm: true,
    },
  ];
}

function c(): Contestant[] {
  const program = buildC('libharu.c', 'hpdf');
  const version = `libharu ${systemVersion('libhpdf-dev')} (C)`;
  return [{ ...programPeer('libharu', program, version), ...PLACED, warm: false }];
}
