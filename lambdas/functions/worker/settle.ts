import type { Delivery, Handled, Log } from '../../domain/ports.ts';
import { finishDone, finishError, giveBack, giveBackUntried } from '../../domain/transitions.ts';
import { findReport } from '../../rescue/converge.ts';
import type { Attempt } from './attempt.ts';
import { backoffSeconds } from './backoff.ts';
import { type Ending, type Outcome, reasonOf } from './ending.ts';

type Of<K extends Ending['kind']> = Extract<Ending, { kind: K }>;

/** Writes into the row how the attempt ended, and says what becomes of the message. */
export async function settle(attempt: Attempt, ending: Ending): Promise<Handled> {
  switch (ending.kind) {
    case 'done':
    case 'error':
      return finish(attempt, ending);
    case 'failed':
      return giveBackFailed(attempt, ending);
    case 'locked':
      return giveBackLocked(attempt, ending);
    case 'overtaken':
      attempt.ports.log.info('overtaken', { jobId: attempt.job.id, attempt: attempt.job.attempt });
      return 'acknowledge';
  }
}

async function finish(attempt: Attempt, outcome: Outcome): Promise<Handled> {
  try {
    await finishRow(attempt, outcome.kind === 'error' ? await unlessCommitted(attempt, outcome) : outcome);
    return 'acknowledge';
  } catch (cause) {
    // Only the row is behind. Even the last attempt is given back: whoever comes next finds the file, or the reason.
    const reason = outcome.kind === 'error' ? outcome.error : reasonOf(cause);
    return giveBackFailed(attempt, { kind: 'failed', reason, cause });
  }
}

/**
 * No job ends in error while its file stands: another attempt may have committed it, or this one by a commit whose
 * reply was lost. The row is read again because it knows what every attempt was about to commit.
 */
async function unlessCommitted({ job, ports }: Attempt, error: Of<'error'>): Promise<Outcome> {
  const row = await ports.jobs.read(job.id);
  if (row?.status !== 'processing' || row.generation !== job.generation) return error;
  const report = await findReport(row, ports.reports);
  return report === undefined ? error : { kind: 'done', report };
}

async function finishRow({ job, ports, settings }: Attempt, outcome: Outcome): Promise<void> {
  const now = ports.clock.now();
  const expiresAt = Math.floor(now / 1000) + settings.reportRetention;
  const change =
    outcome.kind === 'done' ? finishDone(job, now, outcome.report, expiresAt) : finishError(job, now, outcome.error);
  const { applied } = await ports.jobs.change(job.id, change);
  ports.log.info(applied ? 'finished' : 'overtaken', {
    jobId: job.id,
    attempt: job.attempt,
    outcome: outcome.kind,
    code: outcome.kind === 'error' ? outcome.error.code : undefined,
    milliseconds: now - Date.parse(job.startedAt),
  });
}

/** To be tried again after a back-off. */
async function giveBackFailed(attempt: Attempt, { reason, cause }: Of<'failed'>): Promise<Handled> {
  const { job, delivery, ports, settings } = attempt;
  const seconds = backoffSeconds(job.tries, settings, ports.random());
  const sweepAt = ports.clock.now() + (seconds + settings.sweepInterval) * 1000;
  await ports.jobs.change(job.id, giveBack(job, sweepAt, reason)).catch((second) => notGivenBack(attempt, second));
  const fields = { jobId: job.id, attempt: job.attempt, code: reason.code };
  return returnLater(delivery, { seconds, cause, fields }, ports.log);
}

/** The lock of an earlier attempt outlives it. A lease outlives every lock, so after one the next attempt can run. */
async function giveBackLocked(attempt: Attempt, { cause }: Of<'locked'>): Promise<Handled> {
  const { job, delivery, ports, settings } = attempt;
  const sweepAt = ports.clock.now() + (settings.lease + settings.sweepInterval) * 1000;
  await ports.jobs.change(job.id, giveBackUntried(job, sweepAt)).catch((second) => notGivenBack(attempt, second));
  const fields = { jobId: job.id, attempt: job.attempt };
  return returnLater(delivery, { seconds: settings.lease, cause, fields }, ports.log);
}

function notGivenBack({ job, ports }: Attempt, cause: unknown): void {
  ports.log.error('not given back, left to the sweeper', { jobId: job.id, attempt: job.attempt }, cause);
}

interface Again {
  readonly seconds: number;
  readonly cause: unknown;
  readonly fields: { readonly jobId: string; readonly attempt?: number; readonly code?: string };
}

/** The message comes again after so many seconds, or after the visibility timeout where the queue cannot be told. */
export async function returnLater(delivery: Delivery, { seconds, cause, fields }: Again, log: Log): Promise<Handled> {
  log.error('to be tried again', { ...fields, seconds }, cause);
  await delivery.returnAfter(seconds).catch((second) => log.error('not returned early', fields, second));
  return 'return';
}
