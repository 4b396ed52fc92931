import { createHash, randomBytes } from 'node:crypto';
import { absent, all, any, below, type Change, equal, present } from './change.ts';
import { isJobId } from './ids.ts';
import type { DoneJob } from './job.ts';

/** A link by which anybody may get the file of a job, as its row keeps it. */
export interface Share {
  /** SHA-256 of the link's token, which nobody keeps. */
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC: from then on it leads nowhere. */
  readonly expiresAt: string;
  /** How often it may be used; `null`: as often as anybody likes. */
  readonly limit: number | null;
}

/** With its id, and how often it was used. */
export interface CountedShare extends Share {
  readonly id: string;
  readonly used: number;
}

/** 160 bits: nobody guesses it. */
const SECRET_BYTES = 20;
const TOKEN = /^([a-z0-9-]{26,36})\.[\w-]{27}$/;
const ID_LENGTH = 20;
const SHARE_ID = /^[0-9a-f]{20}$/;
/** The row holds them all. */
const MOST_SHARES = 20;

const shareAttribute = (id: string) => `share_${id}`;
const usesAttribute = (id: string) => `uses_${id}`;

/** The token of a new share of a job: which job it is of, and a secret. */
export function newToken(jobId: string): string {
  return `${jobId}.${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** The job that a token is of; `undefined` where it is no token of ours. */
export function jobOfToken(token: string): string | undefined {
  const jobId = TOKEN.exec(token)?.[1];
  return jobId !== undefined && isJobId(jobId) ? jobId : undefined;
}

/** What is kept of a token, and how its share is called: neither tells the token. */
export function namesOf(token: string): Pick<CountedShare, 'id' | 'hash'> {
  const hash = createHash('sha256').update(token).digest('hex');
  return { id: hash.slice(0, ID_LENGTH), hash };
}

/** Whether a text could be the id of a share; what is not must not come near the name of an attribute. */
export function isShareId(text: string): boolean {
  return SHARE_ID.test(text);
}

/** The share of that id, as the row holds it. */
export function shareOf(job: DoneJob, id: string): CountedShare | undefined {
  return sharesOf(job).find((share) => share.id === id);
}

/** All shares of a job that nobody revoked, the oldest first. */
export function sharesOf(job: DoneJob): CountedShare[] {
  const row: Readonly<Record<string, unknown>> = { ...job };
  return Object.entries(row)
    .filter(([name]) => name.startsWith(shareAttribute('')))
    .map(([name, share]) => counted(name.slice(shareAttribute('').length), share as Share, row))
    .sort((a, b) => (`${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1));
}

function counted(id: string, share: Share, row: Readonly<Record<string, unknown>>): CountedShare {
  return { ...share, id, used: Number(row[usesAttribute(id)] ?? 0) };
}

const isDone = equal('status', 'done');

/** A new share, unless there are too many. They are no part of the state machine: a job that is done stays so. */
export function addShare(id: string, share: Share): Change {
  return {
    name: 'addShare',
    when: all(isDone, absent(shareAttribute(id)), any(absent('shares'), below('shares', MOST_SHARES))),
    set: { [shareAttribute(id)]: { ...share }, [usesAttribute(id)]: 0 },
    increment: { shares: 1 },
  };
}

export function removeShare(id: string): Change {
  return {
    name: 'removeShare',
    when: all(isDone, present(shareAttribute(id))),
    set: {},
    increment: { shares: -1 },
    remove: [shareAttribute(id), usesAttribute(id)],
  };
}

/** One use. It is counted before the link is given out, so that of several at once no more get one than may. */
export function useShare({ id, limit }: Pick<CountedShare, 'id' | 'limit'>): Change {
  const isLeft = limit === null ? present(usesAttribute(id)) : below(usesAttribute(id), limit);
  return { name: 'useShare', when: all(isDone, isLeft), set: {}, increment: { [usesAttribute(id)]: 1 } };
}
