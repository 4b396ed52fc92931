import { runSuite, type Suite } from '../suite.ts';
import { GROUPS } from './contestants.ts';

const SUITE: Suite = {
  name: 'pdf',
  groups: GROUPS,
  columns: 6,
  rows: '2000,20000,200000',
  repeat: '5',
  longSeconds: 10,
};

/** Measures the PDF engine against its peers. */
export function run(args: readonly string[]): Promise<void> {
  return runSuite(SUITE, args);
}
