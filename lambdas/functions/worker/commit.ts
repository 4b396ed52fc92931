import { PermanentFailure } from '../../domain/failures.ts';
import { isOpen, isUnwanted, type Report, type StagedReport } from '../../domain/job.ts';
import type { ReportUpload } from '../../domain/ports.ts';
import { stage } from '../../domain/transitions.ts';
import { findReport, reportOf } from '../../rescue/converge.ts';
import { type Attempt, Overtaken, Unwanted } from './attempt.ts';

/** From here on anybody can finish the job, should this worker die after the commit. */
export async function stageFacts({ job, ports }: Attempt, staged: StagedReport): Promise<void> {
  const { applied, job: row } = await ports.jobs.change(job.id, stage(job, staged));
  if (!applied) throw new Overtaken();
  // The last moment at which nothing has to be taken back.
  if (isOpen(row) && isUnwanted(row)) throw new Unwanted();
}

/** Publishes the object. Where the answer is unclear or lost, the file that exists afterwards counts, no matter who made it. */
export async function commit(
  { job, stopwatch, ports }: Attempt,
  staged: StagedReport,
  upload: ReportUpload,
): Promise<Report> {
  let failure: unknown = new PermanentFailure('REPORT_CONFLICT', 'Another object exists where the report belongs.');
  try {
    if ((await stopwatch.wait(() => upload.commit())) === 'committed') return reportOf(staged);
  } catch (cause) {
    failure = cause;
  }
  const report = await findReport({ ...job, staged: [...job.staged, staged] }, ports.reports);
  if (report === undefined) throw failure;
  // The file may be another attempt's; then this one's parts are still there.
  await upload.abort();
  return report;
}
