import type { JobError, JobMessage, ProcessingJob } from '../../domain/job.ts';
import { parseMessage } from '../../domain/job-message.ts';
import { AlreadyRunning, type Delivery } from '../../domain/ports.ts';
import { claim, finishDone, finishError, giveBack, putOff } from '../../domain/transitions.ts';
import { findReport } from '../../rescue/converge.ts';
import { backoffSeconds } from './backoff.ts';
import { Fenced } from './fenced.ts';
import type { WorkPorts, WorkSettings } from './ports.ts';
import { type Outcome, produce } from './produce.ts';
import { reasonOf } from './reason.ts';

/** What becomes of the message: deleted, or delivered again. */
export type Handled = 'acknowledge' | 'return';

/**
 * One delivery: claim → (once: read rows → render → upload → commit the object) → commit the row.
 * Never throws: what fails is given back, and what cannot even be given back is found by the sweeper.
 * @param deadline aborts when the invocation's time runs out.
 */
export async function work(
  delivery: Delivery,
  deadline: AbortSignal,
  ports: WorkPorts,
  settings: WorkSettings,
): Promise<Handled> {
  const message = parseMessage(delivery.body);
  if (message === undefined) return refuse(delivery, ports);
  let job: ProcessingJob | undefined;
  try {
    job = await claimJob(message, delivery, ports, settings);
  } catch (cause) {
    return retryLater(delivery, settings.backoffBase, { jobId: message.jobId }, cause, ports);
  }
  return job === undefined ? 'acknowledge' : attempt(job, delivery, deadline, ports, settings);
}

/** Nothing will ever make sense of it, so it goes to the dead-letter queue by the shortest way. */
async function refuse(delivery: Delivery, { log }: WorkPorts): Promise<Handled> {
  log.warn('not a message of ours', { bytes: Buffer.byteLength(delivery.body) });
  await delivery.returnAfter(0).catch((cause) => log.error('not returned early', {}, cause));
  return 'return';
}

async function claimJob(message: JobMessage, delivery: Delivery, ports: WorkPorts, settings: WorkSettings) {
  const now = ports.clock.now();
  const changed = await ports.jobs.change(
    message.jobId,
    claim({
      generation: message.generation,
      claimedBy: delivery.id,
      now,
      leaseUntil: now + settings.lease * 1000,
      maxAttempts: settings.maxAttempts,
    }),
  );
  const job = changed.job;
  // Refused by our own claim, whose reply was lost on the way: it is ours all the same.
  const isOurs = job?.status === 'processing' && job.generation === message.generation && job.claimedBy === delivery.id;
  if (isOurs) return job;
  ports.log.info('nothing to do', { jobId: message.jobId, status: job?.status ?? 'unknown' });
  return undefined;
}

async function attempt(
  job: ProcessingJob,
  delivery: Delivery,
  deadline: AbortSignal,
  ports: WorkPorts,
  settings: WorkSettings,
): Promise<Handled> {
  // Powertools may fail to remember an outcome that there is: then the outcome counts, not the failure.
  let produced: Outcome | undefined;
  let outcome: Outcome;
  try {
    outcome = await ports.once.run(`${job.id}#${job.generation}`, async () => {
      produced = await produce(job, deadline, ports);
      return produced;
    });
  } catch (cause) {
    if (produced === undefined) return settle(job, cause, delivery, ports, settings);
    outcome = produced;
  }
  try {
    await commit(job, outcome, ports, settings);
    return 'acknowledge';
  } catch (cause) {
    // The file stands; only the row is behind. Even the last attempt is given back: whoever comes next finds the file.
    return release(job, reasonOf(cause), delivery, cause, ports, settings);
  }
}

async function commit(job: ProcessingJob, produced: Outcome, ports: WorkPorts, settings: WorkSettings): Promise<void> {
  const { jobs, clock, log } = ports;
  const outcome = produced.kind === 'error' ? await unlessPublished(job, produced, ports) : produced;
  const now = clock.now();
  const expiresAt = Math.floor(now / 1000) + settings.reportRetention;
  const change =
    outcome.kind === 'done' ? finishDone(job, now, outcome.report, expiresAt) : finishError(job, now, outcome.error);
  const { applied } = await jobs.change(job.id, change);
  log.info(applied ? 'finished' : 'overtaken at the end', {
    jobId: job.id,
    attempt: job.attempt,
    outcome: outcome.kind,
    code: outcome.kind === 'error' ? outcome.error.code : undefined,
    milliseconds: now - Date.parse(job.startedAt),
  });
}

/**
 * No job ends in error while its file stands: another attempt may have published it, or this one by a commit whose
 * reply was lost. The row is read again because it knows what every attempt was about to publish.
 */
async function unlessPublished(job: ProcessingJob, error: Outcome, { jobs, reports }: WorkPorts): Promise<Outcome> {
  const row = await jobs.read(job.id);
  if (row?.status !== 'processing' || row.generation !== job.generation) return error;
  const report = await findReport(row, reports);
  return report === undefined ? error : { kind: 'done', report };
}

/** The attempt failed without an outcome. */
async function settle(
  job: ProcessingJob,
  cause: unknown,
  delivery: Delivery,
  ports: WorkPorts,
  settings: WorkSettings,
): Promise<Handled> {
  if (cause instanceof Fenced) return 'acknowledge';
  if (cause instanceof AlreadyRunning) return postpone(job, delivery, cause, ports, settings);
  const reason = reasonOf(cause);
  if (job.tries < settings.maxAttempts) return release(job, reason, delivery, cause, ports, settings);
  try {
    await commit(job, { kind: 'error', error: reason }, ports, settings);
    return 'acknowledge';
  } catch (second) {
    return release(job, reason, delivery, second, ports, settings);
  }
}

/** The lock of an earlier attempt outlives it. A lease outlives every lock, so after one the next attempt can run. */
async function postpone(
  job: ProcessingJob,
  delivery: Delivery,
  cause: unknown,
  ports: WorkPorts,
  settings: WorkSettings,
): Promise<Handled> {
  const sweepAt = ports.clock.now() + (settings.lease + settings.sweepInterval) * 1000;
  await ports.jobs
    .change(job.id, putOff(job, sweepAt))
    .catch((second) => ports.log.error('not put off, left to the sweeper', { jobId: job.id }, second));
  return retryLater(delivery, settings.lease, { jobId: job.id, attempt: job.attempt }, cause, ports);
}

async function release(
  job: ProcessingJob,
  reason: JobError,
  delivery: Delivery,
  cause: unknown,
  ports: WorkPorts,
  settings: WorkSettings,
): Promise<Handled> {
  const wait = backoffSeconds(job.tries, settings, ports.random());
  const sweepAt = ports.clock.now() + (wait + settings.sweepInterval) * 1000;
  await ports.jobs
    .change(job.id, giveBack(job, sweepAt, reason))
    .catch((second) => ports.log.error('not given back, left to the sweeper', { jobId: job.id }, second));
  return retryLater(delivery, wait, { jobId: job.id, attempt: job.attempt, code: reason.code }, cause, ports);
}

async function retryLater(
  delivery: Delivery,
  seconds: number,
  fields: { readonly jobId: string; readonly attempt?: number; readonly code?: string },
  cause: unknown,
  { log }: WorkPorts,
): Promise<Handled> {
  log.error('to be tried again', { ...fields, seconds }, cause);
  await delivery.returnAfter(seconds).catch((second) => log.error('not returned early', fields, second));
  return 'return';
}
