import type { ProcessingJob, Report, StagedReport } from '../domain/job.ts';
import { reportKey } from '../domain/keys.ts';
import type { ReportStore, StoredReport } from '../domain/ports.ts';

/** The job's own finished file, if it stands: an earlier attempt may have died between publishing and telling. */
export async function findReport(job: ProcessingJob, reports: ReportStore): Promise<Report | undefined> {
  return committedReport(job, await reports.inspect(reportKey(job)));
}

/**
 * The facts of the object that stands under a job's key, if it is this job's complete file. Every attempt writes its
 * facts into the row before it commits its object, and the object names its attempt; so one who finds the object also
 * finds its facts, although the worker that made it may be dead.
 */
export function committedReport(
  job: Pick<ProcessingJob, 'id' | 'generation' | 'requestHash' | 'staged'>,
  stored: StoredReport | undefined,
): Report | undefined {
  if (stored === undefined || stored.jobId !== job.id) return undefined;
  if (stored.generation !== job.generation || stored.requestHash !== job.requestHash) return undefined;
  const staged = job.staged.find((facts) => facts.attempt === stored.attempt);
  if (staged === undefined || staged.sizeBytes !== stored.sizeBytes) return undefined;
  return reportOf(staged);
}

export function reportOf({ attempt: _, ...report }: StagedReport): Report {
  return report;
}
