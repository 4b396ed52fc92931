// Longer than a file should be: the state machine, to be read whole.
import type { CallbackOutcome } from './callback.ts';
import { absent, all, any, below, type Change, type Condition, equal, present, type Value } from './change.ts';
import {
  type CancelledJob,
  type EndedJob,
  type FailedJob,
  isAlive,
  type Job,
  type JobError,
  type OpenJob,
  type ProcessingJob,
  type Progress,
  type Report,
  type StagedReport,
  type ValidatedJob,
} from './job.ts';
import { sweepShardOf } from './keys.ts';

/**
 * The state machine: every write that a job row can see after its creation. Each names the state that it expects, in
 * clauses with names; where it does not hold, nothing is written and the writer learns what is stored.
 *
 *   queued ──claim──▶ processing ──finish──▶ done | error ──redrive──▶ queued (next generation)
 *     │               ▲      │
 *     │               └claim─┘ (take-over: the lease ran out, or the attempt was given back)
 *     └──────cancel──────────┴──▶ cancelled (from processing by its worker or the sweeper, asked for by the row)
 */
type Row = Pick<Job, 'generation'>;
type Claimed = Pick<ProcessingJob, 'generation' | 'attempt'>;
type Telling = Pick<Job, 'callbackUrl'>;

const isQueued = equal('status', 'queued');
const isProcessing = equal('status', 'processing');
const isFailed = equal('status', 'error');
const isCancelled = equal('status', 'cancelled');
const sameGeneration = (job: Row): Condition => equal('generation', job.generation);
/** The fence: a worker that was overtaken finds another number here and can change nothing. */
const sameAttempt = (job: Claimed): Condition => equal('attempt', job.attempt);
const leaseExpired = (now: number): Condition => below('leaseUntil', now);
const attemptsLeft = (max: number): Condition => below('tries', max);
const nobodyAlive = (now: number): Condition => any(isQueued, all(isProcessing, leaseExpired(now)));
/** The back-off is over; it lies in the row, so that it holds for every message of the job. */
const backOffOver = (now: number): Condition => any(absent('notBefore'), below('notBefore', now + 1));
const nobodyToTell = any(
  absent('callbackState'),
  equal('callbackState', 'delivered'),
  equal('callbackState', 'failed'),
);
const cancelRequested = present('cancelRequestedAt');
const mine = (job: Claimed): Condition => all(isProcessing, sameGeneration(job), sameAttempt(job));

/** Attributes of open rows only; leaving them out of the row takes it out of the sweep index. */
const SWEEP_ATTRIBUTES: readonly string[] = ['sweepShard', 'sweepAt'];
const OPEN_ATTRIBUTES = [
  ...SWEEP_ATTRIBUTES,
  'leaseUntil',
  'notBefore',
  'claimedBy',
  'staged',
  'lastFailure',
  'cancelRequestedAt',
  'progress',
];

/** How long the stream has to bring a callback on its way before the sweeper does. */
const CALLBACK_GRACE_MILLISECONDS = 60_000;

/** No invocation lives for longer than fifteen minutes: so long after a cancel every attempt of the job is over. */
const CLEARING_MILLISECONDS = 30 * 60_000;

/** A message is sent: nobody else need send before `sweepAt`. Of several who saw the same row, one may. */
export function markSent(job: OpenJob, now: number, sweepAt: number): Change {
  return {
    name: 'markSent',
    when: all(sameGeneration(job), equal('sweepAt', job.sweepAt), nobodyAlive(now)),
    set: { sweepAt },
    increment: { sends: 1 },
  };
}

/** The message could not be sent after all: the row is overdue again, as it was. */
export function sendFailed(job: OpenJob, sweepAt: number): Change {
  return {
    name: 'sendFailed',
    when: all(sameGeneration(job), equal('sweepAt', sweepAt)),
    set: { sweepAt: job.sweepAt },
    increment: { sends: -1 },
  };
}

export interface Claim {
  readonly generation: number;
  readonly claimedBy: string;
  readonly now: number;
  readonly leaseUntil: number;
  readonly maxAttempts: number;
}

/** A worker takes the job, from the queue or from an attempt that is dead or was given back. */
export function claim(by: Claim): Change {
  return {
    name: 'claim',
    when: all(sameGeneration(by), attemptsLeft(by.maxAttempts), nobodyAlive(by.now), backOffOver(by.now)),
    set: {
      status: 'processing',
      claimedBy: by.claimedBy,
      leaseUntil: by.leaseUntil,
      sweepAt: by.leaseUntil,
      // Messages come through, so the next wait for one starts from the shortest.
      sends: 0,
    },
    setOnce: { startedAt: iso(by.now), staged: [] },
    increment: { attempt: 1, tries: 1 },
    remove: ['notBefore'],
  };
}

/**
 * Progress. The lease is not prolonged: it already lasts as long as the invocation can live, and the reply tells
 * whether the attempt is still ours.
 */
export function heartbeat(job: Claimed, progress: Progress): Change {
  return { name: 'heartbeat', when: mine(job), set: { progress: plain(progress) } };
}

/** The facts of the file that is about to be committed, beside those of earlier attempts. */
export function stage(job: ProcessingJob, staged: StagedReport): Change {
  return { name: 'stage', when: mine(job), set: { staged: [...job.staged, staged].map(plain) } };
}

/** When an attempt that is given back may be followed by another. Both in epoch milliseconds. */
export interface BackOff {
  readonly notBefore: number;
  /** When the sweeper looks whether somebody took the job. */
  readonly sweepAt: number;
}

/** A failed attempt is given back: after the back-off the next delivery may take the job. */
export function giveBack(job: Claimed, { notBefore, sweepAt }: BackOff, reason: JobError): Change {
  const lastFailure = plain(reason);
  return { name: 'giveBack', when: mine(job), set: { leaseUntil: 0, notBefore, sweepAt, lastFailure } };
}

/**
 * An attempt that something outside the job hindered, a service or the idempotency lock, is given back and does not
 * count. Asked for twice, by an SDK whose first reply was lost, it must not take two tries off.
 */
export function giveBackUncounted(job: Claimed & Pick<Job, 'tries'>, { notBefore, sweepAt }: BackOff): Change {
  return {
    name: 'giveBackUncounted',
    when: all(mine(job), equal('tries', job.tries)),
    set: { leaseUntil: 0, notBefore, sweepAt },
    increment: { tries: -1 },
  };
}

/** The attempt that holds the job finishes it; from here on the row does not change. */
export function finishDone(job: Claimed & Telling, now: number, report: Report, reportExpiresAt: number): Change {
  return { name: 'finishDone', when: mine(job), ...ended(job, now, done(report, reportExpiresAt)) };
}

/** The same for a job that was to read its rows and no more. */
export function finishValidated(job: Claimed & Telling, now: number, validation: ValidatedJob['validation']): Change {
  return {
    name: 'finishValidated',
    when: mine(job),
    ...ended(job, now, { status: 'done', validation: plain(validation) }),
  };
}

export function finishError(job: Claimed & Telling, now: number, error: JobError): Change {
  return { name: 'finishError', when: mine(job), ...ended(job, now, failed(error)) };
}

/** The sweeper or the dead-letter function finishes a job that nobody works on, and whose file stands. */
export function rescueDone(job: OpenJob, now: number, report: Report, reportExpiresAt: number): Change {
  return { name: 'rescueDone', when: abandoned(job, now), ...ended(job, now, done(report, reportExpiresAt)) };
}

/** The same, where there is no file. */
export function rescueError(job: OpenJob, now: number, error: JobError): Change {
  return { name: 'rescueError', when: abandoned(job, now), ...ended(job, now, failed(error)) };
}

/** The client wants a job no more that nobody has taken yet: there is nothing of it that could be left. */
export function cancelQueued(job: Row & Telling, now: number): Change {
  return { name: 'cancelQueued', when: all(isQueued, sameGeneration(job)), ...ended(job, now, CANCELLED) };
}

/**
 * The same, of a job that was claimed: a wish, which its holder reads in the reply to its next write. Where nobody
 * is alive the sweeper sees to it at once. That is decided by the lease as it was read, so it must be that one still.
 */
export function requestCancel(job: ProcessingJob, now: number): Change {
  return {
    name: 'requestCancel',
    when: all(mine(job), equal('leaseUntil', job.leaseUntil), absent('cancelRequestedAt')),
    set: { cancelRequestedAt: iso(now), ...(!isAlive(job, now) && { sweepAt: now }) },
  };
}

/** The attempt that holds the job ends it as its client wished, and leaves nothing behind. */
export function finishCancelled(job: Claimed & Telling, now: number): Change {
  const when = all(mine(job), cancelRequested);
  return { name: 'finishCancelled', when, ...ended(job, now, CANCELLED, now + CLEARING_MILLISECONDS) };
}

/** The sweeper or the dead-letter function does, where nobody works on it and no file stands. */
export function rescueCancelled(job: OpenJob, now: number): Change {
  const when = all(abandoned(job, now), cancelRequested);
  return { name: 'rescueCancelled', when, ...ended(job, now, CANCELLED, now + CLEARING_MILLISECONDS) };
}

/** The sweeper has taken away what may have been published over a cancelled job; nobody need look at it again. */
export function markCleared(job: CancelledJob): Change {
  const isSeen = all(isCancelled, sameGeneration(job), equal('sweepAt', job.sweepAt ?? 0), nobodyToTell);
  return { name: 'markCleared', when: isSeen, set: {}, remove: SWEEP_ATTRIBUTES };
}

/** An operator reopens a failed job: a new generation, so nothing that was cached for the old one applies. */
export function redrive(job: FailedJob, now: number, sweepAt: number, expiresAt: number): Change {
  return {
    name: 'redrive',
    when: all(isFailed, sameGeneration(job)),
    set: {
      status: 'queued',
      generation: job.generation + 1,
      attempt: 0,
      tries: 0,
      sends: 0,
      openedAt: iso(now),
      sweepShard: sweepShardOf(job.id),
      sweepAt,
      expiresAt,
    },
    remove: ['error', 'startedAt', 'finishedAt', 'callbackState', 'callbackAttempts', 'callbackStatus'],
  };
}

/** The sweeper sends for a callback whose time has come. Of several who saw the same row, one may. */
export function markCallbackSent(job: EndedJob, sweepAt: number): Change {
  return { name: 'markCallbackSent', when: all(owed(job), equal('sweepAt', job.sweepAt ?? 0)), set: { sweepAt } };
}

/** What a try to tell the receiver came to. A try that was made twice counts once. */
export function recordCallback(job: EndedJob, { state, status, sweepAt }: CallbackOutcome): Change {
  const attempts = job.callbackAttempts ?? 0;
  const lookAgainAt = sweepAt ?? clearingAt(job);
  return {
    name: 'recordCallback',
    when: all(owed(job), equal('callbackAttempts', attempts)),
    set: {
      callbackState: state,
      callbackStatus: status,
      callbackAttempts: attempts + 1,
      ...(lookAgainAt !== undefined && { sweepAt: lookAgainAt }),
    },
    ...(lookAgainAt === undefined && { remove: SWEEP_ATTRIBUTES }),
  };
}

/** When the sweeper looks after what may stand for a job; `undefined` where nothing can, or what does is wanted. */
function clearingAt({ status, attempt, finishedAt }: EndedJob): number | undefined {
  return status === 'cancelled' && attempt > 0 ? Date.parse(finishedAt) + CLEARING_MILLISECONDS : undefined;
}

function owed(job: EndedJob): Condition {
  return all(sameGeneration(job), equal('callbackState', 'pending'));
}

/** Nobody is alive, and nobody has tried since we looked. */
function abandoned(job: OpenJob, now: number): Condition {
  return all(sameGeneration(job), equal('attempt', job.attempt), nobodyAlive(now));
}

type Attributes = Change['set'];

const CANCELLED: Attributes = { status: 'cancelled' };
const OWING: Attributes = { callbackState: 'pending', callbackAttempts: 0, callbackStatus: null };

function done(report: Report, reportExpiresAt: number): Attributes {
  return { status: 'done', report: plain(report), reportExpiresAt };
}

function failed(error: JobError): Attributes {
  return { status: 'error', error: plain(error) };
}

/** A row that has ended leaves the sweep index, unless somebody is still to be told, or it is to be looked at again. */
function ended(
  { callbackUrl }: Telling,
  now: number,
  set: Attributes,
  lookAgainAt?: number,
): Pick<Change, 'set' | 'remove'> {
  const end = { ...set, finishedAt: iso(now) };
  const isOwed = callbackUrl !== undefined;
  const sweepAt = isOwed ? now + CALLBACK_GRACE_MILLISECONDS : lookAgainAt;
  if (sweepAt === undefined) return { set: end, remove: OPEN_ATTRIBUTES };
  return {
    set: { ...end, ...(isOwed ? OWING : {}), sweepAt },
    remove: OPEN_ATTRIBUTES.filter((attribute) => !SWEEP_ATTRIBUTES.includes(attribute)),
  };
}

function iso(now: number): string {
  return new Date(now).toISOString();
}

/** An interface has no index signature, which `Value` asks for; the spread gives it one. */
function plain<T extends object>(value: T): Value {
  return { ...value } as { readonly [key: string]: Value | undefined };
}
