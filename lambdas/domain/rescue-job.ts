import { committedReport } from './converge.ts';
import type { JobError, OpenJob } from './job.ts';
import { reportKey, tenantHash } from './keys.ts';
import type { Clock, JobQueue, JobTable, Log, ReportStore } from './ports.ts';
import { type RescueLimits, rescueOf } from './rescue.ts';
import { close, rang, repair } from './transitions.ts';

export interface RescuePorts {
  readonly jobs: JobTable;
  readonly queue: JobQueue;
  readonly reports: ReportStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** In seconds. */
export interface RescueSettings extends RescueLimits {
  readonly reportRetention: number;
}

export type Rescued = 'alive' | 'rung' | 'repaired' | 'closed' | 'moved on';

/** Gives an open job the push that it needs; whoever else moves it in the meantime wins. */
export async function rescueJob(job: OpenJob, ports: RescuePorts, settings: RescueSettings): Promise<Rescued> {
  const now = ports.clock.now();
  const rescue = rescueOf(job, now, settings);
  switch (rescue.action) {
    case 'wait':
      return 'alive';
    case 'ring':
      // Rung before the row says so: dying in between costs a duplicate, the other order would cost a wait.
      await ports.queue.ring({ jobId: job.id, generation: job.generation }, tenantHash(job.tenant));
      await ports.jobs.change(job.id, rang(job, now, rescue.sweepAt));
      return report('rung', job, ports.log);
    case 'close':
      return report(await end(job, rescue.error, ports, settings), job, ports.log, rescue.error.code);
  }
}

/** The file may be complete and only the row behind it: then the job is done. */
async function end(job: OpenJob, error: JobError, ports: RescuePorts, settings: RescueSettings): Promise<Rescued> {
  const now = ports.clock.now();
  const finished = job.status === 'processing' ? await findReport(job, ports.reports) : undefined;
  const expiresAt = Math.floor(now / 1000) + settings.reportRetention;
  const change = finished === undefined ? close(job, now, error) : repair(job, now, finished, expiresAt);
  const { applied } = await ports.jobs.change(job.id, change);
  if (!applied) return 'moved on';
  return finished === undefined ? 'closed' : 'repaired';
}

async function findReport(job: OpenJob & { status: 'processing' }, reports: ReportStore) {
  return committedReport(job, await reports.inspect(reportKey(job)));
}

function report(rescued: Rescued, job: OpenJob, log: Log, code?: string): Rescued {
  log.warn('rescued', { jobId: job.id, attempt: job.attempt, sends: job.sends, outcome: rescued, code });
  return rescued;
}
