import { runSuite, type Suite } from '../suite.ts';
import { checkDocument } from './check.ts';
import { GROUPS } from './contestants.ts';

export const SUITE: Suite = {
  name: 'pdf',
  extension: 'pdf',
  groups: GROUPS,
  rows: [2000, 20_000, 200_000],
  repeat: 5,
  check: checkDocument,
  tableOf: () => 'all',
};

/** Measures the PDF engine against its peers. */
export function run(args: readonly string[]): Promise<void> {
  return runSuite(SUITE, args);
}
