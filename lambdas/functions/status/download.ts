import type { Disposition } from '../../domain/content-disposition.ts';
import { CONTENT_TYPES } from '../../domain/formats.ts';
import { isReported, type Job } from '../../domain/job.ts';
import { tenantHash } from '../../domain/keys.ts';
import { Problem } from '../../domain/problems.ts';
import type { Link } from '../../domain/view.ts';
import { ownJob } from '../../rescue/own-job.ts';
import type { LookUpPorts } from './look-up.ts';

export interface Wanted {
  readonly id: string;
  readonly tenant: string;
  readonly disposition: Disposition;
}

/**
 * A link to the file of a job, signed now.
 * @throws Problem `NOT_FOUND`, `GONE`, `NOT_DONE` while or because there is no file, and `INVALID_QUERY` for a workbook
 * that is to be shown in a browser
 */
export async function download({ id, tenant, disposition }: Wanted, ports: LookUpPorts): Promise<Link> {
  const job = await ownJob(id, tenant, ports);
  if (!isReported(job)) throw withoutFile(job);
  if (disposition === 'inline' && job.format !== 'pdf') throw cannotBeShown();
  const link = await ports.links.sign(job.report.key, job.fileName, CONTENT_TYPES[job.format], disposition);
  const { sizeBytes } = job.report;
  const signed = { jobId: job.id, tenant: tenantHash(tenant), until: link.expiresAt, sizeBytes };
  ports.log.measure('download link signed', signed, { LinksSigned: 1 });
  return link;
}

function withoutFile({ status }: Job): Problem {
  const why = status === 'done' ? 'its rows were only looked at' : `it is ${status}`;
  return new Problem('NOT_DONE', `The job has no file: ${why}.`);
}

function cannotBeShown(): Problem {
  const detail = 'only a PDF can be shown in a browser';
  const faults = [{ pointer: '/inline', code: 'INVALID_VALUE' as const, detail }];
  return new Problem('INVALID_QUERY', `/inline: ${detail}`, { faults });
}
