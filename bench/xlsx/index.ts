import { runSuite, type Suite } from '../suite.ts';
import { checkWorkbook } from './check.ts';
import { GROUPS, quireCommand } from './contestants.ts';
import { sheetXml } from './floor.ts';

export const SUITE: Suite = {
  name: 'xlsx',
  extension: 'xlsx',
  groups: GROUPS,
  rows: [50, 10_000, 100_000, 1_000_000],
  repeat: 3,
  check: checkWorkbook,
  tableOf: (lacks) => (lacks.length === 0 ? 'full' : 'bare'),
  before: async (contestants, rows) => {
    if (contestants.some(({ name }) => name.startsWith('floor'))) await sheetXml(rows, quireCommand);
  },
};

/** Measures the XLSX engine against its peers. */
export function run(args: readonly string[]): Promise<void> {
  return runSuite(SUITE, args);
}
