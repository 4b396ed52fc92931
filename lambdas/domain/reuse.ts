import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';
import type { AcceptedDataset } from './dataset.ts';
import { sharedJobId } from './ids.ts';
import type { Job } from './job.ts';
import type { ReportRequest } from './request.ts';
import { isGone } from './retention.ts';

/** What makes two requests ask for the same report. */
export interface Asked {
  readonly tenant: string;
  /** As the client wrote it, its hash. */
  readonly requestHash: string;
  readonly request: ReportRequest;
  readonly datasets: readonly AcceptedDataset[];
}

/** So many jobs of one span may have failed before a request is given a job of its own. */
const CANDIDATES = 5;

/**
 * The ids under which a report may stand that was asked for within the last so many seconds, in the order in which they
 * are to be tried. They are made of what is asked for and of the span of time that `now` lies in, so that the conditional
 * put of the row is the agreement: of any number of requests at once one makes the job, and all get it.
 *
 * @param within seconds: the length of a span, hence the greatest age of what is handed out
 * @param now epoch milliseconds
 */
export function sharedIds({ tenant, requestHash, request, datasets }: Asked, within: number, now: number): string[] {
  const versions = datasets.map(({ id, etag, versionId }) => [id, etag, versionId ?? null]);
  const definitions = request.tables.map(({ report }) => report?.version ?? null);
  const what = createHash('sha256')
    .update(canonicalJson([requestHash, versions, definitions]))
    .digest('hex');
  const span = Math.floor(now / (within * 1000));
  return Array.from({ length: CANDIDATES }, (_, n) => sharedJobId(tenant, `${what}:${within}:${span}:${n}`));
}

/** Whether a job is one to be handed out: it has its file, or will have it. */
export function isShareable(job: Job, now: number): boolean {
  return (job.status === 'queued' || job.status === 'processing' || job.status === 'done') && !isGone(job, now);
}
