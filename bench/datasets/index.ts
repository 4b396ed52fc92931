import type { Contestant } from '../harness.ts';
import { checkDatasetDocument } from '../pdf/check.ts';
import type { Group } from '../peers.ts';
import { runSuite, type Suite } from '../suite.ts';
import { checkDatasetWorkbook } from '../xlsx/check.ts';
import { CSV_TO_PDF, CSV_TO_XLSX, PARQUET_TO_XLSX } from './contestants.ts';
import { makeInputs } from './input.ts';

const COMMON = {
  rows: [100_000, 1_000_000],
  repeat: 3,
  tableOf: (lacks: readonly string[]) => (lacks.length === 0 ? 'full' : 'bare'),
  before: (_: readonly Contestant[], rows: number) => makeInputs(rows),
};

const workbooks = (name: string, groups: readonly Group[]): Suite => {
  return { ...COMMON, name: `datasets-${name}`, groups, extension: 'xlsx', check: checkDatasetWorkbook };
};

const SUITES: readonly Suite[] = [
  workbooks('csv-xlsx', CSV_TO_XLSX),
  { ...COMMON, name: 'datasets-csv-pdf', groups: CSV_TO_PDF, extension: 'pdf', check: checkDatasetDocument },
  workbooks('parquet-xlsx', PARQUET_TO_XLSX),
];

/**
 * Measures files of rows on their way to a report: gzipped CSV to XLSX and to PDF, Parquet to XLSX. Options are those of
 * one suite; a contestant that `--only` names takes part where it has a part.
 */
export async function run(args: readonly string[]): Promise<void> {
  for (const suite of SUITES) {
    const own = forSuite(suite, args);
    if (own !== undefined) await runSuite(suite, own);
  }
}

/** The arguments with those of `--only` who belong to the suite; `undefined` where none does. */
function forSuite({ groups }: Suite, args: readonly string[]): readonly string[] | undefined {
  const at = args.indexOf('--only');
  if (at < 0) return args;
  const names = groups.flatMap((group) => group.names);
  const only = args[at + 1]?.split(',').filter((name) => names.includes(name)) ?? [];
  return only.length === 0 ? undefined : args.with(at + 1, only.join(','));
}
