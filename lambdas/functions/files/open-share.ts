import { CONTENT_TYPES } from '../../domain/formats.ts';
import { isReported } from '../../domain/job.ts';
import { logAbout } from '../../domain/measures.ts';
import type { Clock, JobTable, Links, Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import { isGone } from '../../domain/retention.ts';
import { jobOfToken, namesOf, shareOf, useShare } from '../../domain/share.ts';
import type { Link } from '../../domain/view.ts';

export interface OpenSharePorts {
  readonly jobs: JobTable;
  readonly links: Links;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A link to the file that a token leads to, for the bearer of the token; each use is counted and logged.
 * @throws Problem `NOT_FOUND`, the same for every token that leads nowhere: it tells nothing of what there was
 */
export async function openShare(token: string, { jobs, links, clock, log }: OpenSharePorts): Promise<Link> {
  const jobId = jobOfToken(token);
  const job = jobId === undefined ? undefined : await jobs.read(jobId);
  const now = clock.now();
  if (job === undefined || !isReported(job) || isGone(job, now)) throw leadsNowhere();
  const { id, hash } = namesOf(token);
  const share = shareOf(job, id);
  if (share?.hash !== hash || Date.parse(share.expiresAt) <= now) throw leadsNowhere();
  const { applied } = await jobs.change(job.id, useShare(share));
  if (!applied) throw leadsNowhere();
  const link = await links.sign(job.report.key, job.fileName, CONTENT_TYPES[job.format]);
  // The line of the same request in the access log tells from where.
  const used = { share: id, until: link.expiresAt, sizeBytes: job.report.sizeBytes };
  logAbout(log, job).measure('share used', used, { LinksSigned: 1 });
  return link;
}

function leadsNowhere(): Problem {
  return new Problem('NOT_FOUND', 'There is no such file, or not any more.');
}
