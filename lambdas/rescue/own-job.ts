import { isJobId } from '../domain/ids.ts';
import type { Job } from '../domain/job.ts';
import type { Clock, JobTable } from '../domain/ports.ts';
import { Problem } from '../domain/problems.ts';
import { isGone } from '../domain/retention.ts';

export interface OwnJobPorts {
  readonly jobs: JobTable;
  readonly clock: Clock;
}

/**
 * A job of the tenant's own.
 * @throws Problem `NOT_FOUND` for an id that is unknown or another tenant's – the same answer, so that an id reveals
 * nothing – and `GONE` after retention.
 */
export async function ownJob(id: string, tenant: string, { jobs, clock }: OwnJobPorts): Promise<Job> {
  const job = isJobId(id) ? await jobs.read(id) : undefined;
  if (job === undefined || job.tenant !== tenant) throw unknownJob();
  if (isGone(job, clock.now())) throw new Problem('GONE', 'The report was removed after its retention.');
  return job;
}

export function unknownJob(): Problem {
  return new Problem('NOT_FOUND', 'There is no such job.');
}
