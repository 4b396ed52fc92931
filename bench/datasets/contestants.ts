import { join } from 'node:path';
import { copyFonts } from '../../lib/bundling.ts';
import { BENCH_FOLDER, PEERS } from '../folders.ts';
import type { Contestant } from '../harness.ts';
import { bundleOwn } from '../own.ts';
import { buildGo, buildRust, type Group, installPythonPeers } from '../peers.ts';
import { cargoVersion, goVersion, pipVersion } from '../versions.ts';
import { ARROW, type Input, inputPath } from './input.ts';

const BUNDLE = join(BENCH_FOLDER, 'quire-datasets');
/** Its text is put at places that are given: it measures, wraps and breaks nothing. */
const PLACED = { lacks: ['layout'] };

const quireOf = (input: Input): Group => ({ names: ['quire'], prepare: () => quire(input) });

export const CSV_TO_XLSX: readonly Group[] = [
  quireOf('csv.gz'),
  { names: ['csv+rust_xlsxwriter'], prepare: () => [rust('rust', 'rust_xlsxwriter', {})] },
  { names: ['csv+excel-rs'], prepare: () => [rust('rust', 'excel-rs', {})] },
  { names: ['go-csv+excelize'], prepare: () => [go('xlsx', 'excelize', 'github.com/xuri/excelize/v2', {})] },
  python('csv.gz'),
];

export const CSV_TO_PDF: readonly Group[] = [
  quireOf('csv.gz'),
  { names: ['csv+krilla'], prepare: () => [rust('rust-pdf', 'krilla', PLACED)] },
  { names: ['go-csv+fpdf'], prepare: () => [go('pdf', 'fpdf', 'codeberg.org/go-pdf/fpdf', PLACED)] },
];

export const PARQUET_TO_XLSX: readonly Group[] = [quireOf('parquet'), python('parquet')];

async function quire(input: Input): Promise<Contestant[]> {
  const program = await bundleOwn('bench/datasets/quire.ts', BUNDLE);
  copyFonts(BUNDLE);
  const command = (rows: number, file: string) => [process.execPath, program, inputPath(rows, input), file];
  return [{ name: 'quire', version: 'this version', command, files: [BUNDLE] }];
}

function rust(crate: string, library: string, more: Partial<Contestant>): Contestant {
  const program = buildRust(crate, `csv_${library.replace('-', '_')}`, `csv-${library}`);
  const version = cargoVersion(crate);
  return {
    name: `csv+${library}`,
    version: `csv ${version('csv')} and ${library} ${version(library)} (Rust)`,
    command: (rows, file) => [program, inputPath(rows, 'csv.gz'), file],
    files: [program],
    ...more,
  };
}

function go(format: string, name: string, library: string, more: Partial<Contestant>): Contestant {
  const program = buildGo('./csv', 'go-csv-peer');
  return {
    name: `go-csv+${name}`,
    version: `${name} ${goVersion(library)} (Go)`,
    command: (rows, file) => [program, format, inputPath(rows, 'csv.gz'), file],
    files: [program],
    ...more,
  };
}

function python(input: Input): Group {
  const libraries = { duckdb: 'duckdb', polars: 'polars', pandas: 'pandas' };
  const prepare = (): Contestant[] => {
    installPythonPeers();
    const program = installPythonPeers(ARROW);
    return Object.entries(libraries).map(([name, library]) => ({
      name,
      version: `${library} ${pipVersion(ARROW)(library)}${name === 'duckdb' ? '' : ` with xlsxwriter ${pipVersion()('xlsxwriter')}`} (Python)`,
      command: (rows, file) => [program, `${PEERS}/python/datasets.py`, name, inputPath(rows, input), file],
      files: ['usage.py', 'datasets.py', ARROW].map((each) => `${PEERS}/python/${each}`),
    }));
  };
  return { names: Object.keys(libraries), prepare };
}
