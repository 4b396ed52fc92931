import { CALM, type Mark, type Scenario } from './simulator/scenario.ts';
import { type Result, simulate } from './simulator/simulate.ts';

/** One request in calm weather, long enough to be uploaded in parts: only what a test adds goes wrong. */
export const ONE: Scenario = { ...CALM, jobs: 1, rows: [8, 8], rowMilliseconds: [100, 100] };

/** Ways of one actor: more than any has in these stories, so that an endless one fails instead of running on. */
const MOST_WAYS = 80;

/** Runs the story once for every point at which the actor can be cut off, and shows each run. */
export async function atEveryWay(
  actor: string,
  storyOf: (mark: Mark) => Scenario,
  show: (result: Result, mark: Mark) => void,
): Promise<number> {
  for (let at = 1; at <= MOST_WAYS; at += 1) {
    const mark = { actor, at };
    const result = await simulate(storyOf(mark));
    if (!happened(result)) return at - 1;
    show(result, mark);
  }
  throw new Error(`${actor} has no end`);
}

/** Whether every actor came to its mark. */
function happened({ world: { counts, scenario } }: Result): boolean {
  return counts.killed + counts.frozen >= (scenario.kills?.length ?? 0) + (scenario.freezes?.length ?? 0);
}

export function told({ actor, at }: Mark): string {
  return `${actor} cut off at its way ${at}`;
}
