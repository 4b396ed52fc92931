import { PermanentFailure, RetryableFailure } from '../../domain/failures.ts';
import type { JobError, ProcessingJob, Report, StagedReport } from '../../domain/job.ts';
import { reportKey } from '../../domain/keys.ts';
import type { ReportUpload } from '../../domain/ports.ts';
import type { Renderer } from '../../domain/rendering.ts';
import type { ReportRequest } from '../../domain/request.ts';
import { stage } from '../../domain/transitions.ts';
import { findReport, reportOf } from '../../rescue/converge.ts';
import { Fenced } from './fenced.ts';
import { Heartbeat } from './heartbeat.ts';
import { MeteredSink } from './meters.ts';
import type { WorkPorts } from './ports.ts';
import { reasonOf } from './reason.ts';
import { RowReader } from './row-reader.ts';

/** How an attempt ended for good; small enough to be remembered by the idempotency record. */
export type Outcome =
  | { readonly kind: 'done'; readonly report: Report }
  | { readonly kind: 'error'; readonly error: JobError };

/**
 * Makes the file and publishes it. A permanent failure is an outcome, remembered like a success.
 * @throws everything that another attempt may heal.
 */
export async function produce(job: ProcessingJob, deadline: AbortSignal, ports: WorkPorts): Promise<Outcome> {
  // Overdue before it began, by a pause or a slow claim: that says nothing of the job, so it must not end for it.
  if (deadline.aborted) throw new RetryableFailure('STARTED_LATE', 'No time was left to make the report.');
  try {
    const found = job.attempt > 1 ? await findReport(job, ports.reports) : undefined;
    return { kind: 'done', report: found ?? (await make(job, deadline, ports)) };
  } catch (cause) {
    if (!(cause instanceof PermanentFailure)) throw cause;
    await assertHeld(job, ports);
    return { kind: 'error', error: reasonOf(cause) };
  }
}

/**
 * What is remembered binds every later attempt, and the memory knows no fence. An attempt that was stopped for so long
 * that another took over fails for the sake of its own lost time, which must not become the end of the job.
 */
async function assertHeld(job: ProcessingJob, { jobs }: WorkPorts): Promise<void> {
  const row = await jobs.read(job.id);
  const isMine = row?.status === 'processing' && row.generation === job.generation && row.attempt === job.attempt;
  if (!isMine) throw new Fenced();
}

async function make(job: ProcessingJob, deadline: AbortSignal, ports: WorkPorts): Promise<Report> {
  const request = await readRequest(job, ports);
  const renderer = await ports.rendererOf(job.format);
  const { id: jobId, generation, attempt, requestHash } = job;
  const label = { jobId, generation, attempt, requestHash };
  const upload = ports.reports.open(reportKey(job), renderer.contentType, label);
  try {
    const staged = await render(job, request, renderer, upload, deadline, ports);
    await announce(job, staged, ports);
    return await publish(job, staged, upload, ports);
  } catch (cause) {
    await upload.abort();
    throw cause;
  }
}

async function readRequest(job: ProcessingJob, { requests }: WorkPorts): Promise<ReportRequest> {
  const json = job.request.kind === 'inline' ? job.request.json : await requests.load(job.request.key);
  try {
    // Written by this service after validation, so its shape is known.
    return JSON.parse(json) as ReportRequest;
  } catch (cause) {
    throw new PermanentFailure('REQUEST_UNREADABLE', 'The stored request cannot be read.', { cause });
  }
}

async function render(
  job: ProcessingJob,
  request: ReportRequest,
  renderer: Renderer,
  upload: ReportUpload,
  deadline: AbortSignal,
  ports: WorkPorts,
): Promise<StagedReport> {
  const sink = new MeteredSink(upload);
  const heartbeat = new Heartbeat(job, ports);
  const signal = AbortSignal.any([deadline, heartbeat.signal]);
  const reader = await RowReader.open(request, ports.openRows, signal);
  const rendered = await renderer
    .render(request, reader.tables, sink, {
      signal,
      createdAt: new Date(job.createdAt),
      ...(reader.rowsTotal !== undefined && { rowsExpected: reader.rowsTotal }),
      onProgress: (rows) => heartbeat.beat(reader.progress(rows)),
    })
    .finally(() => heartbeat.rest());
  assertComplete(rendered.rows, reader, job);
  const { attempt } = job;
  return { attempt, key: reportKey(job), contentType: renderer.contentType, ...sink.facts(), ...rendered };
}

/** Every row that there is was read, and every row that was read was written; no file is published that lacks one. */
function assertComplete(written: number, { rowsRead, rowsTotal }: RowReader, job: ProcessingJob): void {
  const announced = [rowsTotal, job.rowsTotal].filter((known) => known !== undefined);
  if (written === rowsRead && announced.every((total) => total === rowsRead)) return;
  const detail = `${written} of ${announced[0] ?? rowsRead} rows came into the file.`;
  throw new PermanentFailure('ROWS_MISCOUNTED', detail);
}

/** From here on anybody can finish the job, should this worker die after the commit. */
async function announce(job: ProcessingJob, staged: StagedReport, { jobs }: WorkPorts): Promise<void> {
  const { applied } = await jobs.change(job.id, stage(job, staged));
  if (!applied) throw new Fenced();
}

/** The commit. Where its answer is unclear or lost, the file that stands afterwards counts, whoever made it. */
async function publish(
  job: ProcessingJob,
  staged: StagedReport,
  upload: ReportUpload,
  { reports }: WorkPorts,
): Promise<Report> {
  let failure: unknown = new PermanentFailure('REPORT_CONFLICT', 'Another object stands where the report belongs.');
  try {
    if ((await upload.commit()) === 'committed') return reportOf(staged);
  } catch (cause) {
    failure = cause;
  }
  const report = await findReport({ ...job, staged: [...job.staged, staged] }, reports);
  if (report === undefined) throw failure;
  // The file may be another attempt's; then this one's parts are still there.
  await upload.abort();
  return report;
}
