import { type DoneJob, isReported } from '../../domain/job.ts';
import { logAbout } from '../../domain/measures.ts';
import type { Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problems.ts';
import {
  addShare,
  type CountedShare,
  isShareId,
  namesOf,
  newToken,
  removeShare,
  type Share,
  shareOf,
  sharesOf,
} from '../../domain/share.ts';
import type { ShareRequest } from '../../domain/share-request.ts';
import { type OwnJobPorts, ownJob } from '../../rescue/own-job.ts';

export interface SharePorts extends OwnJobPorts {
  readonly log: Log;
}

/** Whose job. */
export interface Owned {
  readonly id: string;
  readonly tenant: string;
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * Makes a link to the file of a job for people who cannot sign a call. Its token is told this once.
 * @throws Problem `NOT_FOUND`, `GONE`, `NOT_DONE`, `TOO_MANY_SHARES`
 */
export async function share(
  of: Owned,
  { days, downloads }: ShareRequest,
  ports: SharePorts,
): Promise<CountedShare & { readonly token: string }> {
  const job = await ownFile(of, ports);
  const now = ports.clock.now();
  const token = newToken(job.id);
  const { id, hash } = namesOf(token);
  const until = Math.min(now + days * DAY_MILLISECONDS, job.reportExpiresAt * 1000);
  const [createdAt, expiresAt] = [now, until].map((at) => new Date(at).toISOString()) as [string, string];
  const made: Share = { hash, createdAt, expiresAt, limit: downloads ?? null };
  const { applied, job: row } = await ports.jobs.change(job.id, addShare(id, made));
  // Refused by our own write, whose reply was lost on the way.
  const isOurs = row !== undefined && isReported(row) && shareOf(row, id) !== undefined;
  if (!applied && !isOurs) throw new Problem('TOO_MANY_SHARES', 'The job has as many shares as it can: revoke one.');
  logAbout(ports.log, job).info('shared', { share: id, until: expiresAt, downloads });
  return { ...made, id, used: 0, token };
}

/** @throws Problem `NOT_FOUND`, `GONE`, `NOT_DONE` */
export async function listShares(of: Owned, ports: SharePorts): Promise<CountedShare[]> {
  return sharesOf(await ownFile(of, ports));
}

/** @throws Problem `NOT_FOUND` also for a share that is not there any more, `GONE`, `NOT_DONE` */
export async function revoke(of: Owned, shareId: string, ports: SharePorts): Promise<void> {
  const job = await ownFile(of, ports);
  const { applied } = isShareId(shareId) ? await ports.jobs.change(job.id, removeShare(shareId)) : { applied: false };
  if (!applied) throw new Problem('NOT_FOUND', 'There is no such share.');
  logAbout(ports.log, job).info('share revoked', { share: shareId });
}

async function ownFile({ id, tenant }: Owned, ports: SharePorts): Promise<DoneJob> {
  const job = await ownJob(id, tenant, ports);
  if (isReported(job)) return job;
  throw new Problem('NOT_DONE', `The job has no file that could be shared: it is ${job.status}.`);
}
