import type { Attempt } from './attempt.ts';
import { type Ending, endingOf } from './ending.ts';
import { makeReport } from './make-report.ts';

/** Makes the report, once over all workers, and tells how the attempt ended. Never throws. */
export async function perform(attempt: Attempt): Promise<Ending> {
  const { job, ports } = attempt;
  // Powertools may fail to remember an outcome, or to free its lock: then what happened counts, not that failure.
  let ended: Ending | undefined;
  const make = async () => {
    const outcome = await makeReport(attempt).catch((cause: unknown) => {
      ended = endingOf(cause, attempt);
      throw cause;
    });
    ended = outcome;
    return outcome;
  };
  try {
    return await ports.once.run(`${job.id}#${job.generation}`, make);
  } catch (cause) {
    return ended ?? endingOf(cause, attempt);
  }
}
