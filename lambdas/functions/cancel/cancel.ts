import type { Change } from '../../domain/change.ts';
import { isOpen, isUnwanted, type Job, type OpenJob } from '../../domain/job.ts';
import { logAbout, measuresOfEnd } from '../../domain/measures.ts';
import type { Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import { cancelQueued, requestCancel } from '../../domain/transitions.ts';
import { type OwnJobPorts, ownJob, unknownJob } from '../../rescue/own-job.ts';

export interface CancelPorts extends OwnJobPorts {
  readonly log: Log;
}

/** A row that moves on between the look and the write is looked at again. It moves a few times in its life, at most. */
const MOST_LOOKS = 10;

/**
 * Cancels a job: at once while it is queued, by its worker or the sweeper while it is being made. Asked for again, it is
 * answered with the job as it stands.
 * @throws Problem `NOT_FOUND`, `GONE`, and `JOB_ENDED` where there is a report or an error already
 */
export async function cancel(id: string, tenant: string, ports: CancelPorts): Promise<Job> {
  let job = await ownJob(id, tenant, ports);
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    if (job.status === 'cancelled' || (isOpen(job) && isUnwanted(job))) return job;
    if (!isOpen(job)) throw hasEnded(job);
    const { applied, job: row } = await ports.jobs.change(id, cancelling(job, ports.clock.now()));
    if (row === undefined) throw unknownJob();
    if (applied) return told(row, ports);
    job = row;
  }
  throw new Error(`The job ${id} moved on ${MOST_LOOKS} times during its cancellation.`);
}

function cancelling(job: OpenJob, now: number): Change {
  return job.status === 'queued' ? cancelQueued(job, now) : requestCancel(job, now);
}

function told(row: Job, { clock, log }: CancelPorts): Job {
  const about = logAbout(log, row);
  if (row.status === 'cancelled') about.measure('cancelled', {}, measuresOfEnd(row, clock.now(), 'cancelled'));
  else about.info('cancel asked for', { attempt: row.attempt });
  return row;
}

function hasEnded({ status }: Job): Problem {
  return new Problem('JOB_ENDED', `The job has ended as ${status}: there is nothing left to cancel.`);
}
