import type {
  CallbackAnswer,
  CallbackOutcome,
  CallbackQueue,
  CallbackSecrets,
  CallbackSender,
} from '../../domain/callback.ts';
import { callbackId, reportEvent } from '../../domain/callback-event.ts';
import { callbackWait } from '../../domain/callback-schedule.ts';
import { signatureHeader } from '../../domain/callback-signature.ts';
import { type EndedJob, isOpen } from '../../domain/job.ts';
import { parseMessage } from '../../domain/job-message.ts';
import { logAbout } from '../../domain/measures.ts';
import type { Clock, JobTable, Log } from '../../domain/ports.ts';
import { recordCallback } from '../../domain/transitions.ts';

export interface DeliverPorts {
  readonly jobs: JobTable;
  readonly sender: CallbackSender;
  readonly secrets: CallbackSecrets;
  readonly callbacks: CallbackQueue;
  /** Where callbacks end that nobody took, to be looked at and sent again. */
  readonly undelivered: CallbackQueue;
  readonly clock: Clock;
  readonly log: Log;
  /** Between 0 and 1; spreads tries. */
  readonly random: () => number;
}

/** Waits up to here are kept by the queue itself; the sweeper, which comes every minute, sees to longer ones. */
const QUEUED_WAIT_SECONDS = 60;
/** The row is looked at this much after a try that the queue keeps: its message may be lost. */
const GRACE_SECONDS = 60;
/** The receiver is gone for good and says so. */
const HTTP_GONE = 410;

/**
 * One try to tell a receiver that its job has ended. The outcome is written into the row, from which the next try is
 * due; a message that names no callback that is pending does nothing, so a doubled one is harmless.
 * @throws where a service of our own is out of reach: the message then comes again.
 */
export async function deliver(body: string, ports: DeliverPorts): Promise<void> {
  const message = parseMessage(body);
  const job = message && (await ports.jobs.read(message.jobId));
  if (job === undefined || isOpen(job) || job.generation !== message?.generation) return;
  if (job.callbackUrl === undefined || job.callbackState !== 'pending') return;
  const answer = await post(job, job.callbackUrl, ports);
  await record(job, outcomeOf(job, answer, ports), answer, ports);
}

async function post(job: EndedJob, url: string, { sender, secrets, clock }: DeliverPorts): Promise<CallbackAnswer> {
  const body = JSON.stringify(reportEvent(job));
  const id = callbackId(job);
  const timestamp = Math.floor(clock.now() / 1000);
  const signature = signatureHeader({ id, timestamp, body }, await secrets.masters(), job.tenant);
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
  return sender.post({ url, headers, body });
}

function outcomeOf(job: EndedJob, answer: CallbackAnswer, { clock, random }: DeliverPorts): CallbackOutcome {
  const status = answer.kind === 'answered' ? answer.status : null;
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered', status };
  const wait = status === HTTP_GONE ? undefined : callbackWait((job.callbackAttempts ?? 0) + 1, random());
  if (wait === undefined) return { state: 'failed', status };
  const asked = answer.kind === 'answered' ? (answer.retryAfter ?? 0) : 0;
  return { state: 'pending', status, sweepAt: clock.now() + Math.max(wait, Math.min(asked, LONGEST_ASKED)) * 1000 };
}

/** A receiver may ask for time, not for ever. */
const LONGEST_ASKED = 24 * 3600;

async function record(
  job: EndedJob,
  outcome: CallbackOutcome,
  answer: CallbackAnswer,
  { jobs, callbacks, undelivered, clock, log }: DeliverPorts,
): Promise<void> {
  const message = { jobId: job.id, generation: job.generation };
  // Before the row says so: a row that is final is looked at no more, and the message must not be missing then.
  if (outcome.state === 'failed') await undelivered.send(message);
  const seconds = outcome.sweepAt === undefined ? 0 : Math.ceil((outcome.sweepAt - clock.now()) / 1000);
  const isSoon = outcome.state === 'pending' && seconds <= QUEUED_WAIT_SECONDS;
  const recorded = isSoon ? { ...outcome, sweepAt: clock.now() + (seconds + GRACE_SECONDS) * 1000 } : outcome;
  const { applied } = await jobs.change(job.id, recordCallback(job, recorded));
  if (applied && isSoon) await callbacks.send(message, seconds);
  const detail = answer.kind === 'answered' ? undefined : answer.detail;
  const fields = { attempts: (job.callbackAttempts ?? 0) + 1, status: outcome.status ?? undefined, detail };
  const counts = {
    Callbacks: outcome.state === 'delivered' ? 1 : 0,
    CallbackFailures: outcome.state === 'failed' ? 1 : 0,
  };
  logAbout(log, job).measure(`callback ${outcome.state}`, fields, counts);
}
