import type { Change } from '../../domain/change.ts';
import { Outage } from '../../domain/failures.ts';
import type { Job } from '../../domain/job.ts';
import { badCellsKey, reportKey } from '../../domain/keys.ts';
import { measuresOfEnd } from '../../domain/measures.ts';
import type { Delivery, Handled, Log } from '../../domain/ports.ts';
import {
  type BackOff,
  finishCancelled,
  finishDone,
  finishError,
  finishValidated,
  giveBack,
  giveBackUncounted,
} from '../../domain/transitions.ts';
import { findReport } from '../../rescue/converge.ts';
import type { Attempt } from './attempt.ts';
import { backoffSeconds } from './backoff.ts';
import { type Ending, type Outcome, reasonOf } from './ending.ts';

type Of<K extends Ending['kind']> = Extract<Ending, { kind: K }>;

/** Writes into the row how the attempt ended, and says what becomes of the message. */
export async function settle(attempt: Attempt, ending: Ending): Promise<Handled> {
  switch (ending.kind) {
    case 'done':
    case 'validated':
    case 'error':
    case 'cancelled':
      return finish(attempt, ending);
    case 'failed':
      return giveBackFailed(attempt, ending);
    case 'hindered':
      return giveBackHindered(attempt, ending);
    case 'locked':
      return giveBackLocked(attempt, ending);
    case 'overtaken':
      attempt.ports.log.info('overtaken', { jobId: attempt.job.id, attempt: attempt.job.attempt });
      return 'acknowledge';
  }
}

/** How a job can end. */
type End = Outcome | Of<'cancelled'>;
type Fileless = Of<'error' | 'cancelled'>;

function isFileless(end: End): end is Fileless {
  return end.kind === 'error' || end.kind === 'cancelled';
}

async function finish(attempt: Attempt, outcome: End): Promise<Handled> {
  try {
    await finishRow(attempt, isFileless(outcome) ? await unlessCommitted(attempt, outcome) : outcome);
    return 'acknowledge';
  } catch (cause) {
    // Only the row is behind. Even the last attempt is given back: the next one finds the file, or the reason.
    if (cause instanceof Outage) return giveBackHindered(attempt, { kind: 'hindered', cause });
    const reason = outcome.kind === 'error' ? outcome.error : reasonOf(cause);
    return giveBackFailed(attempt, { kind: 'failed', reason, cause });
  }
}

/**
 * No job ends in error, or cancelled, while its file stands: another attempt may have committed it, or this one by a
 * commit whose reply was lost. The row is read again because it knows what every attempt was about to commit.
 */
async function unlessCommitted({ job, ports }: Attempt, end: Fileless): Promise<End> {
  const row = await ports.jobs.read(job.id);
  if (row?.status !== 'processing' || row.generation !== job.generation) return end;
  const report = await findReport(row, ports.reports);
  return report === undefined ? end : { kind: 'done', report };
}

async function finishRow(attempt: Attempt, outcome: End): Promise<void> {
  const { job, stopwatch, ports } = attempt;
  const now = ports.clock.now();
  const { applied, job: row } = await ports.jobs.change(job.id, endOf(attempt, now, outcome));
  if (!applied) await removeUnwanted(attempt, row);
  const fields = {
    jobId: job.id,
    attempt: job.attempt,
    outcome: outcome.kind,
    code: outcome.kind === 'error' ? outcome.error.code : undefined,
    milliseconds: now - Date.parse(job.startedAt),
  };
  if (!applied) return ports.log.info('overtaken', fields);
  const rendering = outcome.kind === 'done' ? { RenderSeconds: stopwatch.seconds } : {};
  const end = outcome.kind === 'cancelled' ? outcome.kind : outcome;
  ports.log.measure('finished', fields, { ...measuresOfEnd(job, now, end), ...rendering });
}

function endOf({ job, settings }: Attempt, now: number, outcome: End): Change {
  switch (outcome.kind) {
    case 'done':
      return finishDone(job, now, outcome.report, Math.floor(now / 1000) + settings.reportRetention);
    case 'validated':
      return finishValidated(job, now, outcome.validation);
    case 'error':
      return finishError(job, now, outcome.error);
    case 'cancelled':
      return finishCancelled(job, now);
  }
}

/**
 * An attempt that was stopped for so long that its job was cancelled over its head may have published the file after
 * somebody had looked for it. Nobody will ever ask for it: a row that is cancelled stays so.
 */
async function removeUnwanted({ job, ports }: Attempt, row: Job | undefined): Promise<void> {
  if (row?.status !== 'cancelled' || row.generation !== job.generation) return;
  await Promise.all([reportKey(job), badCellsKey(job)].map((key) => ports.reports.remove(key)));
}

/** To be tried again after a back-off. */
function giveBackFailed(attempt: Attempt, { reason, cause }: Of<'failed'>): Promise<Handled> {
  const { job, ports, settings } = attempt;
  const seconds = backoffSeconds(job.tries, settings, ports.random());
  const change = (backOff: BackOff) => giveBack(job, backOff, reason);
  return giveBackRow(attempt, { seconds, change, cause, code: reason.code });
}

/** The longer it lasts, the longer the waits: `attempt` counts on where `tries` does not. */
function giveBackHindered(attempt: Attempt, { cause }: Of<'hindered'>): Promise<Handled> {
  const { job, ports, settings } = attempt;
  const seconds = backoffSeconds(job.attempt, settings, ports.random());
  ports.log.measure('hindered', { attempt: job.attempt }, { Hindered: 1 });
  return giveBackRow(attempt, { seconds, change: (backOff) => giveBackUncounted(job, backOff), cause });
}

/** The lock of an earlier attempt outlives it. A lease outlives every lock, so after one the next attempt can run. */
function giveBackLocked(attempt: Attempt, { cause }: Of<'locked'>): Promise<Handled> {
  const { job, settings } = attempt;
  return giveBackRow(attempt, { seconds: settings.lease, change: (backOff) => giveBackUncounted(job, backOff), cause });
}

interface GivenBack {
  readonly seconds: number;
  readonly change: (backOff: BackOff) => Change;
  readonly cause: unknown;
  readonly code?: string;
}

/**
 * Up to a round of the sweeper this very message comes again after the back-off. For longer, the sweeper sends another:
 * a message that is returned time and again ends in the dead-letter queue.
 */
async function giveBackRow(attempt: Attempt, { seconds, change, cause, code }: GivenBack): Promise<Handled> {
  const { job, delivery, ports, settings } = attempt;
  const isLong = seconds > settings.sweepInterval;
  const notBefore = ports.clock.now() + seconds * 1000;
  const sweepAt = isLong ? notBefore : notBefore + settings.sweepInterval * 1000;
  const fields = { jobId: job.id, attempt: job.attempt, code };
  try {
    const { applied, job: row } = await ports.jobs.change(job.id, change({ notBefore, sweepAt }));
    if (!applied) await removeUnwanted(attempt, row);
  } catch (second) {
    ports.log.error('not given back, left to the sweeper', fields, second);
    return returnLater(delivery, { seconds, cause, fields }, ports.log);
  }
  if (!isLong) return returnLater(delivery, { seconds, cause, fields }, ports.log);
  ports.log.error('given back, left to the sweeper', { ...fields, seconds }, cause);
  return 'acknowledge';
}

interface Again {
  readonly seconds: number;
  readonly cause: unknown;
  readonly fields: { readonly jobId: string; readonly attempt?: number; readonly code?: string | undefined };
}

/** The message comes again after so many seconds, or after the visibility timeout where the queue cannot be told. */
export async function returnLater(delivery: Delivery, { seconds, cause, fields }: Again, log: Log): Promise<Handled> {
  log.error('to be tried again', { ...fields, seconds }, cause);
  await delivery.returnAfter(seconds).catch((second) => log.error('not returned early', fields, second));
  return 'return';
}
