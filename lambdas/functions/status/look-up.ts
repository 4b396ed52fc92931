import { CONTENT_TYPES, NDJSON_TYPE } from '../../domain/formats.ts';
import { isJobId } from '../../domain/ids.ts';
import { isReported, type Job } from '../../domain/job.ts';
import { tenantHash } from '../../domain/keys.ts';
import type { Clock, JobTable, Links, Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import { isGone } from '../../domain/retention.ts';
import type { JobLinks } from '../../domain/view.ts';

export interface LookUpPorts {
  readonly jobs: JobTable;
  readonly links: Links;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Found {
  readonly job: Job;
  readonly links?: JobLinks;
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
  if (!isReported(job)) return { job };
  const report = await links.sign(job.report.key, job.fileName, CONTENT_TYPES[job.format]);
  const file = job.report.badCells?.file;
  const badCells = file && (await links.sign(file.key, badCellsName(job), NDJSON_TYPE));
  // Who had access to which file, and until when. The call's line in the access log names the principal.
  const { sizeBytes } = job.report;
  const signed = { jobId: job.id, tenant: tenantHash(tenant), until: report.expiresAt, sizeBytes };
  log.measure('download link signed', signed, { LinksSigned: badCells === undefined ? 1 : 2 });
  return { job, links: { report, badCells } };
}

/** `Sales.xlsx` → `Sales.bad-cells.ndjson` */
function badCellsName({ fileName }: Job): string {
  return `${fileName.replace(/\.[a-z]+$/, '')}.bad-cells.ndjson`;
}
