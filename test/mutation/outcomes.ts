import type { Mutant } from './instrument.ts';
import type { Coverage, Verdict } from './ledger.ts';
import { planOf } from './orders.ts';

/**
 * A mutant and what became of it; `uncovered`: no test reaches the place; `untried`: the run was stopped before all tests
 * that reach it had their turn.
 */
export interface Outcome extends Mutant {
  readonly status: 'killed' | 'timeout' | 'survived' | 'uncovered' | 'untried' | 'ignored';
  /** The first test that went red, with its file. */
  readonly by?: string | undefined;
  /** The commit that was checked out when it was tried. */
  readonly commit?: string | undefined;
}

/** Names a mutant by what it changes, so that it is known again when lines have moved. */
export function keyOf({ file, line, column, mutator, replacement }: Mutant): string {
  return `${file}:${line}:${column} ${mutator} ${replacement}`;
}

export function outcomesOf(
  mutants: readonly Mutant[],
  coverages: readonly Coverage[],
  verdicts: readonly Verdict[],
  commit: string,
): readonly Outcome[] {
  const reached = new Set(
    coverages.flatMap(({ loading, tests }) => [loading, ...tests.map(({ hits }) => hits)]).flatMap(Object.keys),
  );
  const left = new Set(planOf(coverages, mutants, verdicts).flatMap(({ orders }) => orders.map(({ id }) => id)));
  const ends = new Map(verdicts.filter(({ status }) => status !== 'survived').map((verdict) => [verdict.id, verdict]));
  return mutants.map((mutant) => {
    const end = ends.get(mutant.id);
    if (end === undefined && left.has(mutant.id)) return { ...mutant, commit, status: 'untried' };
    if (end === undefined) return { ...mutant, commit, status: reached.has(mutant.id) ? 'survived' : 'uncovered' };
    return { ...mutant, commit, status: end.status, by: `${end.file}: ${end.by ?? 'never ended'}` };
  });
}

/** What is kept in `.local/mutation.json`. */
export interface Results {
  readonly outcomes: readonly Outcome[];
}

export const isNoticed = ({ status }: Outcome): boolean => status === 'killed' || status === 'timeout';
export const isCounted = ({ status }: Outcome): boolean => status !== 'ignored';

/** Of the mutants that count, the share that some test notices. */
export function scoreOf(outcomes: readonly Outcome[]): string {
  const counted = outcomes.filter(isCounted).length;
  const noticed = outcomes.filter(isNoticed).length;
  return `${noticed} of ${counted} mutants noticed: ${((100 * noticed) / counted).toFixed(1)} %`;
}
