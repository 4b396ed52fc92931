import type { Attempt } from './attempt.ts';
import { type Ending, endingOf, isFinal, type Outcome } from './ending.ts';
import { makeReport } from './make-report.ts';

/** Makes the report, once over all workers, and returns how the attempt ended. Never throws. */
export async function perform(attempt: Attempt): Promise<Ending> {
  const { job, ports } = attempt;
  let ended: Ending | undefined;
  const make = async (): Promise<Outcome> => {
    ended = await makeReport(attempt);
    if (isFinal(ended)) return ended;
    throw new Error('An attempt that is not final is not remembered: what is thrown frees the key.');
  };
  try {
    return await ports.once.run(`${job.id}#${job.generation}`, make);
  } catch (cause) {
    // Powertools may fail to remember an outcome, or to free its lock: then what happened counts, not that failure.
    return ended ?? endingOf(cause, attempt);
  }
}
