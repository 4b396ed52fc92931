import { CONTENT_TYPES } from '../../domain/formats.ts';
import { isJobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job.ts';
import type { Clock, JobTable, Links } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import { type JobView, viewOf } from '../../domain/view.ts';

export interface LookUpPorts {
  readonly jobs: JobTable;
  readonly links: Links;
  readonly clock: Clock;
}

/**
 * Where a job stands, with a link that is signed now when there is a file.
 * @throws Problem `NOT_FOUND` for an id that is unknown or another tenant's – the same answer, so that an id tells
 * nothing – and `GONE` after retention.
 */
export async function lookUp(id: string, tenant: string, { jobs, links, clock }: LookUpPorts): Promise<JobView> {
  const job = isJobId(id) ? await jobs.read(id) : undefined;
  if (job === undefined || job.tenant !== tenant) throw new Problem('NOT_FOUND', 'There is no such job.');
  if (retainedUntil(job) * 1000 <= clock.now())
    throw new Problem('GONE', 'The report was removed after its retention.');
  if (job.status !== 'done') return viewOf(job);
  return viewOf(job, await links.sign(job.report.key, job.fileName, CONTENT_TYPES[job.format]));
}

/** The table's TTL and the bucket's lifecycle may take days to remove what has expired, so the clock decides here. */
function retainedUntil(job: Job): number {
  return job.status === 'done' ? Math.min(job.reportExpiresAt, job.expiresAt) : job.expiresAt;
}
