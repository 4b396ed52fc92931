import { runSuite, type Suite } from '../suite.ts';
import { GROUPS, quireCommand } from './contestants.ts';
import { sheetXml } from './floor.ts';

const SUITE: Suite = {
  name: 'xlsx',
  groups: GROUPS,
  columns: 10,
  rows: '50,10000,100000,1000000',
  repeat: '3',
  longSeconds: 60,
  before: async (chosen, rows) => {
    if (chosen.some(({ name }) => name.startsWith('floor'))) await sheetXml(rows, quireCommand);
  },
};

/** Measures the XLSX engine against its peers. */
export function run(args: readonly string[]): Promise<void> {
  return runSuite(SUITE, args);
}
