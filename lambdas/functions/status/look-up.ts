import { CONTENT_TYPES } from '../../domain/formats.ts';
import { isJobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job.ts';
import { tenantHash } from '../../domain/keys.ts';
import type { Clock, JobTable, Links, Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import { isGone } from '../../domain/retention.ts';
import type { Link } from '../../domain/view.ts';

export interface LookUpPorts {
  readonly jobs: JobTable;
  readonly links: Links;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Found {
  readonly job: Job;
  readonly link?: Link;
}

/**
 * Where a job stands, with a link that is signed now when there is a file.
 * @throws Problem `NOT_FOUND` for an id that is unknown or another tenant's – the same answer, so that an id tells
 * nothing – and `GONE` after retention.
 */
export async function lookUp(id: string, tenant: string, { jobs, links, clock, log }: LookUpPorts): Promise<Found> {
  const job = isJobId(id) ? await jobs.read(id) : undefined;
  if (job === undefined || job.tenant !== tenant) throw new Problem('NOT_FOUND', 'There is no such job.');
  if (isGone(job, clock.now())) throw new Problem('GONE', 'The report was removed after its retention.');
  if (job.status !== 'done') return { job };
  const link = await links.sign(job.report.key, job.fileName, CONTENT_TYPES[job.format]);
  // Who had access to which file, and until when. The call's line in the access log names the principal.
  const signed = { jobId: job.id, tenant: tenantHash(tenant), until: link.expiresAt, sizeBytes: job.report.sizeBytes };
  log.measure('download link signed', signed, { LinksSigned: 1 });
  return { job, link };
}
