import type { QueuedJob } from '../domain/job.ts';
import { tenantHash } from '../domain/keys.ts';
import type { Clock, JobQueue, JobTable, Log } from '../domain/ports.ts';
import { nextWait } from '../domain/rescue.ts';
import { markSent } from '../domain/transitions.ts';

export interface SendPorts {
  readonly jobs: JobTable;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Sends for a worker, for a job whose row stands. Never throws: the row is what was promised, and the sweeper finds it
 * within two of its rounds.
 * @param queuedWait seconds until the sweeper sends again
 */
export async function sendJob(
  job: QueuedJob,
  { jobs, queue, clock, log }: SendPorts,
  queuedWait: number,
): Promise<void> {
  try {
    await queue.send({ jobId: job.id, generation: job.generation }, tenantHash(job.tenant));
    const now = clock.now();
    await jobs.change(job.id, markSent(job, now, now + nextWait(0, queuedWait) * 1000));
  } catch (cause) {
    log.error('not sent, left to the sweeper', { jobId: job.id }, cause);
  }
}
