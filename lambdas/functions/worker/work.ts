import { isUnwanted, type ProcessingJob } from '../../domain/job.ts';
import { parseMessage } from '../../domain/job-message.ts';
import { logAbout } from '../../domain/measures.ts';
import type { Delivery, Handled } from '../../domain/ports.ts';
import { backoffSeconds } from './backoff.ts';
import { claimJob } from './claim-job.ts';
import { perform } from './perform.ts';
import type { WorkPorts, WorkSettings } from './ports.ts';
import { returnLater, settle } from './settle.ts';
import { Stopwatch } from './stopwatch.ts';

/**
 * One delivery: claim the job → perform (once: make the report, commit the object) → settle (finish the row).
 * Never throws: what fails is given back, and what cannot even be given back is found by the sweeper.
 * @param deadline aborts with `OutOfTime` when the invocation has only its margin left.
 */
export async function work(
  delivery: Delivery,
  deadline: AbortSignal,
  ports: WorkPorts,
  settings: WorkSettings,
): Promise<Handled> {
  const message = parseMessage(delivery.body);
  if (message === undefined) return refuse(delivery, ports);
  const stopwatch = new Stopwatch(ports.clock);
  let job: ProcessingJob | undefined;
  try {
    job = await claimJob(message, delivery, ports, settings);
  } catch (cause) {
    // There is no row to write the back-off into, so it lies on the message.
    const seconds = backoffSeconds(delivery.receives, settings, ports.random());
    return returnLater(delivery, { seconds, cause, fields: { jobId: message.jobId } }, ports.log);
  }
  if (job === undefined) return 'acknowledge';
  const log = logAbout(ports.log, job);
  const attempt = { job, delivery, deadline, stopwatch, ports: { ...ports, log }, settings };
  return settle(attempt, isUnwanted(job) ? { kind: 'cancelled' } : await perform(attempt));
}

/** Nothing will ever make sense of it, so it goes to the dead-letter queue by the shortest way. */
async function refuse(delivery: Delivery, { log }: WorkPorts): Promise<Handled> {
  log.warn('not a message of ours', { bytes: Buffer.byteLength(delivery.body) });
  await delivery.returnAfter(0).catch((cause) => log.error('not returned early', {}, cause));
  return 'return';
}
