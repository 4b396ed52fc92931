import type { JobMessage, ProcessingJob } from '../../domain/job.ts';
import { logAbout, secondsSince } from '../../domain/measures.ts';
import type { Delivery } from '../../domain/ports.ts';
import { claim } from '../../domain/transitions.ts';
import type { WorkPorts, WorkSettings } from './ports.ts';

/** The job, held by this delivery; `undefined` when there is nothing to do, because it has ended or another holds it. */
export async function claimJob(
  { jobId, generation }: JobMessage,
  delivery: Delivery,
  { jobs, clock, log }: WorkPorts,
  { lease, maxAttempts }: WorkSettings,
): Promise<ProcessingJob | undefined> {
  const now = clock.now();
  const leaseUntil = now + lease * 1000;
  const { job } = await jobs.change(jobId, claim({ generation, claimedBy: delivery.id, now, leaseUntil, maxAttempts }));
  // Refused by our own claim, whose reply was lost on the way: it is ours all the same.
  const isOurs = job?.status === 'processing' && job.generation === generation && job.claimedBy === delivery.id;
  if (isOurs) {
    const measures = job.attempt === 1 ? { QueueSeconds: secondsSince(job.openedAt, now) } : {};
    logAbout(log, job).measure('claimed', { attempt: job.attempt }, measures);
    return job;
  }
  log.info('nothing to do', { jobId, status: job?.status ?? 'unknown' });
  return undefined;
}
