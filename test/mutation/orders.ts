import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT } from '../../local/paths.ts';
import type { Mutant } from './instrument.ts';
import type { Coverage, Order, Reach, Verdict } from './ledger.ts';

/** A test that takes longer is not run over and over, nor are more tests for one mutant: milliseconds of a processor. */
const LONGEST_MS = 500;
const LONGEST_IN_ALL_MS = 2000;
/** An endless loop reaches its mutant more often than this many times as often as the green run. */
const ENDLESS = 100;
const PATIENCE_MS = 10_000;

/** What one file of tests is to try. */
export interface Plan {
  readonly file: string;
  readonly orders: readonly Order[];
}

type Wanted = (mutant: Mutant, file: string) => boolean;

/** Of what is left to try, what is next: the tests beside a source come before all others, since most mutants fall there. */
export function ordersFor(
  coverages: readonly Coverage[],
  mutants: readonly Mutant[],
  known: readonly Verdict[],
): readonly Plan[] {
  const isNear: Wanted = ({ file }, test) => dirname(test) === dirname(file).replace(/^lambdas/, 'test');
  const near = planOf(coverages, mutants, known, isNear);
  return near.length > 0 ? near : planOf(coverages, mutants, known);
}

/** All that is left to try, file by file, the quickest file first. */
export function planOf(
  coverages: readonly Coverage[],
  mutants: readonly Mutant[],
  known: readonly Verdict[],
  isWanted: Wanted = () => true,
): readonly Plan[] {
  const decided = new Set(known.filter(({ status }) => status !== 'survived').map(({ id }) => id));
  const seen = new Set(known.map(({ id, file }) => `${id} ${file}`));
  const open = mutants.filter(({ id }) => !decided.has(id));
  return [...coverages]
    .map((coverage) => ({ ...coverage, tests: coverage.tests.filter(({ cpuMs }) => cpuMs <= LONGEST_MS) }))
    .sort((a, b) => costOf(a) - costOf(b))
    .map((coverage) => ({
      file: coverage.file,
      orders: open
        .filter((mutant) => isWanted(mutant, coverage.file) && !seen.has(`${mutant.id} ${coverage.file}`))
        .flatMap(({ id }) => orderFor(id, coverage)),
    }))
    .filter(({ orders }) => orders.length > 0);
}

const costOf = ({ tests }: Coverage): number => tests.reduce((sum, { cpuMs }) => sum + cpuMs, 0);

/** A mutant that is reached while the file is loaded may show in any of its tests. */
function orderFor(id: string, { file, loading, tests }: Coverage): Order[] {
  const reaching = quickest(loading[id] === undefined ? tests.filter(({ hits }) => hits[id] !== undefined) : tests);
  if (reaching.length === 0) return [];
  const hits = reaching.reduce((sum, test) => sum + (test.hits[id] ?? 0), loading[id] ?? 0);
  const ms = reaching.reduce((sum, test) => sum + test.ms, 0);
  return [
    {
      id,
      isStatic: loading[id] !== undefined || loadsByItself(file),
      tests: reaching.map(({ name }) => name),
      hitLimit: hits * ENDLESS + ENDLESS,
      limitMs: PATIENCE_MS + ms * 10,
    },
  ];
}

/** The quickest tests, for as long as there is time. */
function quickest(tests: readonly Reach[]): readonly Reach[] {
  let spent = 0;
  return [...tests]
    .sort((a, b) => a.cpuMs - b.cpuMs)
    .filter(({ cpuMs }) => {
      spent += cpuMs;
      return spent <= LONGEST_IN_ALL_MS;
    });
}

/** Such a test may set up what the module reads when it is loaded, so that it has to be loaded each time. */
function loadsByItself(file: string): boolean {
  return existsSync(`${ROOT}/${file}`) && readFileSync(`${ROOT}/${file}`, 'utf8').includes('await import(');
}
