import type { CancelledJob } from '../domain/job.ts';
import { badCellsKey, reportKey } from '../domain/keys.ts';
import { logAbout } from '../domain/measures.ts';
import type { JobTable, Log, ReportStore } from '../domain/ports.ts';
import { markCleared } from '../domain/transitions.ts';

export interface ClearPorts {
  readonly jobs: JobTable;
  readonly reports: ReportStore;
  readonly log: Log;
}

/**
 * Takes away what stands for a cancelled job, when none of its attempts can be alive any more: one that was overtaken may
 * have published after somebody had looked, and died before it could take that back. The row goes last, so that a sweep
 * that fails is made again.
 */
export async function clearCancelled(job: CancelledJob, { jobs, reports, log }: ClearPorts): Promise<'cleared'> {
  const badCells = Array.from({ length: job.attempt }, (_, before) => badCellsKey({ ...job, attempt: before + 1 }));
  for (const key of [reportKey(job), ...badCells]) await reports.remove(key);
  await jobs.change(job.id, markCleared(job));
  logAbout(log, job).info('cleared', { attempts: job.attempt });
  return 'cleared';
}
