import { OutOfTime, PermanentFailure } from '../../domain/failures.ts';
import type { Report } from '../../domain/job.ts';
import { reportKey } from '../../domain/keys.ts';
import type { ReportUpload } from '../../domain/ports.ts';
import type { Renderer } from '../../domain/rendering.ts';
import type { ReportRequest } from '../../domain/request.ts';
import { findReport } from '../../rescue/converge.ts';
import { type Attempt, CommittedLate, StartedLate } from './attempt.ts';
import { BadCellFile } from './bad-cell-file.ts';
import { commit, stageFacts } from './commit.ts';
import { type Ending, endingOf, isFinal, type Outcome } from './ending.ts';
import { render } from './render.ts';
import { validate } from './validate.ts';

/**
 * Makes the file and commits it: read the request → open the upload → render → stage the facts → commit. A request that
 * is to be validated ends where its rows are read. Never throws.
 */
export async function makeReport(attempt: Attempt): Promise<Ending> {
  // Overdue before it began, by a pause or a slow claim: that says nothing of the job, so it must not end for it.
  if (attempt.deadline.aborted) return endingOf(new StartedLate(), attempt);
  try {
    const report = await findEarlier(attempt);
    return report === undefined ? await make(attempt) : { kind: 'done', report };
  } catch (cause) {
    const ending = endingOf(cause, attempt);
    return isFinal(ending) ? unlessOvertaken(attempt, ending) : ending;
  }
}

/** The file of an attempt that died between committing and telling. */
async function findEarlier({ job, ports }: Attempt): Promise<Report | undefined> {
  return job.attempt > 1 ? findReport(job, ports.reports) : undefined;
}

/**
 * What is remembered binds every later attempt, and the memory knows no fence. An attempt that was stopped for so long
 * that another took over fails for the sake of its own lost time, which must not become the end of the job.
 */
async function unlessOvertaken(attempt: Attempt, ending: Ending): Promise<Ending> {
  const { job, ports } = attempt;
  try {
    const row = await ports.jobs.read(job.id);
    const isMine = row?.status === 'processing' && row.generation === job.generation && row.attempt === job.attempt;
    return isMine ? ending : { kind: 'overtaken' };
  } catch (cause) {
    return endingOf(cause, attempt);
  }
}

async function make(attempt: Attempt): Promise<Outcome> {
  const request = await readRequest(attempt);
  if (request.validate === true) return { kind: 'validated', validation: await validate(attempt, request) };
  return { kind: 'done', report: await makeFile(attempt, request) };
}

async function makeFile(attempt: Attempt, request: ReportRequest): Promise<Report> {
  const renderer = await attempt.ports.rendererOf(attempt.job.format);
  const upload = openUpload(attempt, renderer);
  const badCells = new BadCellFile(attempt);
  let isWritten = false;
  try {
    const staged = await render(attempt, request, renderer, { upload, badCells });
    isWritten = true;
    await stageFacts(attempt, staged);
    await badCells.commit();
    return await commit(attempt, staged, upload);
  } catch (cause) {
    await attempt.stopwatch.wait(() => Promise.all([upload.abort(), badCells.abort()]));
    const isLate = isWritten && cause instanceof OutOfTime;
    throw isLate ? new CommittedLate('The file was written when the time was over.', { cause }) : cause;
  }
}

async function readRequest({ job, ports, stopwatch }: Attempt): Promise<ReportRequest> {
  const { request } = job;
  const load = (key: string) => stopwatch.wait(() => ports.requests.load(key));
  const json = request.kind === 'inline' ? request.json : await load(request.key);
  try {
    // Written by this service after validation, so its shape is known.
    return JSON.parse(json) as ReportRequest;
  } catch (cause) {
    throw new PermanentFailure('REQUEST_UNREADABLE', 'The stored request cannot be read.', { cause });
  }
}

function openUpload({ job, deadline, ports }: Attempt, { contentType }: Renderer): ReportUpload {
  const { id: jobId, generation, attempt, requestHash } = job;
  return ports.reports.open(reportKey(job), contentType, { jobId, generation, attempt, requestHash }, deadline);
}
