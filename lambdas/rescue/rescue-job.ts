import type { Change } from '../domain/change.ts';
import { isOpen, type OpenJob, type Report } from '../domain/job.ts';
import { tenantHash } from '../domain/keys.ts';
import { logAbout, measuresOfEnd } from '../domain/measures.ts';
import type { Clock, JobQueue, JobTable, Log, ReportStore } from '../domain/ports.ts';
import { type Rescue, type RescueLimits, rescueOf } from '../domain/rescue.ts';
import { markSent, rescueCancelled, rescueDone, rescueError, sendFailed } from '../domain/transitions.ts';
import { findReport } from './converge.ts';

export interface RescuePorts {
  readonly jobs: JobTable;
  readonly queue: JobQueue;
  readonly reports: ReportStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** What finishing a job takes. */
export type FinishPorts = Omit<RescuePorts, 'queue'>;

/** In seconds. */
export interface RescueSettings extends RescueLimits {
  readonly reportRetention: number;
}

/** What came of a rescue. `done`: the file stood, and only the row was behind. */
export type Rescued = 'alive' | 'sent' | 'done' | 'error' | 'cancelled' | 'moved on';

/** Moves an open job on as it needs; if another moves it at the same time, the other wins. */
export async function rescueJob(job: OpenJob, ports: RescuePorts, settings: RescueSettings): Promise<Rescued> {
  const now = ports.clock.now();
  const rescue = rescueOf(job, now, settings);
  switch (rescue.action) {
    case 'wait':
      return 'alive';
    case 'send':
      return told(await send(job, now, rescue.sweepAt, ports), job, ports.log);
    case 'cancel':
      return told(await finish(job, rescue, ports, settings), job, ports.log);
    case 'finish':
      return told(await finish(job, rescue, ports, settings), job, ports.log, rescue.error.code);
  }
}

/**
 * The row is written before the message is sent. The other order would send one more with every round for as long as
 * the table takes no writes, and dying in between costs no more than one wait.
 */
async function send(job: OpenJob, now: number, sweepAt: number, { jobs, queue }: RescuePorts): Promise<Rescued> {
  const changed = await jobs.change(job.id, markSent(job, now, sweepAt));
  // Refused by our own write, whose reply was lost on the way.
  const isOurs = changed.job !== undefined && isOpen(changed.job) && changed.job.sweepAt === sweepAt;
  if (!isOurs) return 'moved on';
  try {
    await queue.send({ jobId: job.id, generation: job.generation }, tenantHash(job.tenant));
    return 'sent';
  } catch (cause) {
    await jobs.change(job.id, sendFailed(job, sweepAt));
    throw cause;
  }
}

/** How a job ends of which there is no file. */
type End = Extract<Rescue, { readonly action: 'cancel' | 'finish' }>;

/** Ends a job that nobody works on any more, unless its file is complete and only the row is behind. */
export async function finish(job: OpenJob, end: End, ports: FinishPorts, settings: RescueSettings): Promise<Rescued> {
  const now = ports.clock.now();
  const report = job.status === 'processing' ? await findReport(job, ports.reports) : undefined;
  const expiresAt = Math.floor(now / 1000) + settings.reportRetention;
  const change = report === undefined ? endWithout(job, now, end) : rescueDone(job, now, report, expiresAt);
  const { applied } = await ports.jobs.change(job.id, change);
  if (!applied) return 'moved on';
  const code = report === undefined && end.action === 'finish' ? end.error.code : undefined;
  const without = end.action === 'cancel' ? 'cancelled' : end;
  const measures = measuresOfEnd(job, now, report === undefined ? without : { report });
  logAbout(ports.log, job).measure('finished', { attempt: job.attempt, code }, measures);
  return outcomeOf(end, report);
}

function endWithout(job: OpenJob, now: number, end: End): Change {
  return end.action === 'cancel' ? rescueCancelled(job, now) : rescueError(job, now, end.error);
}

function outcomeOf({ action }: End, report: Report | undefined): Rescued {
  if (report !== undefined) return 'done';
  return action === 'cancel' ? 'cancelled' : 'error';
}

function told(rescued: Rescued, job: OpenJob, log: Log, code?: string): Rescued {
  logAbout(log, job).warn('rescued', { attempt: job.attempt, sends: job.sends, rescued, code });
  return rescued;
}
