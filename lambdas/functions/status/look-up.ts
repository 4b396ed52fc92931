import { CONTENT_TYPES, NDJSON_TYPE } from '../../domain/formats.ts';
import { isReported, type Job } from '../../domain/job.ts';
import { tenantHash } from '../../domain/keys.ts';
import type { Links, Log } from '../../domain/ports.ts';
import type { JobLinks } from '../../domain/view.ts';
import { type OwnJobPorts, ownJob } from '../../rescue/own-job.ts';

export interface LookUpPorts extends OwnJobPorts {
  readonly links: Links;
  readonly log: Log;
}

export interface Found {
  readonly job: Job;
  readonly links?: JobLinks;
}

/**
 * Where a job stands, with a link that is signed now when there is a file.
 * @throws Problem `NOT_FOUND`, `GONE`
 */
export async function lookUp(id: string, tenant: string, ports: LookUpPorts): Promise<Found> {
  const { links, log } = ports;
  const job = await ownJob(id, tenant, ports);
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
