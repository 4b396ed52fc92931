import type { JobView, ReportView } from './answers.ts';
import type { BadCellFacts } from './bad-cells.ts';
import { isOpen, isReported, type Job, type Progress, type Report } from './job.ts';

/** A report's address, signed at the moment of reading. */
export interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

/** Of a finished job: to its report, and to the file of its bad cells where there is one. */
export interface JobLinks {
  readonly report: Link;
  readonly badCells?: Link | undefined;
}

/** Where a route of the API is, as the client that called can use it; the path is without a slash before it. */
export type Address = (path: string) => string;

/** The job as the API shows it. */
export function viewOf(job: Job, addressOf: Address, links?: JobLinks): JobView {
  return {
    id: job.id,
    status: job.status,
    format: job.format,
    reference: job.reference,
    createdAt: job.createdAt,
    startedAt: 'startedAt' in job ? job.startedAt : null,
    finishedAt: 'finishedAt' in job ? job.finishedAt : null,
    expiresAt: isoSeconds(isReported(job) ? job.reportExpiresAt : job.expiresAt),
    cancelRequestedAt: ('cancelRequestedAt' in job ? job.cancelRequestedAt : null) ?? null,
    generation: job.generation,
    attempt: job.attempt,
    progress: progressOf(job),
    report: isReported(job) ? reportView(job.report, job.fileName, links) : null,
    validation: job.status === 'done' && job.report === undefined ? job.validation : null,
    error: job.status === 'error' ? job.error : null,
    callback: callbackView(job),
    links: { self: addressOf(`status/${job.id}`), download: addressOf(`download/${job.id}`) },
  };
}

function callbackView(job: Job): JobView['callback'] {
  if (job.callbackUrl === undefined) return null;
  if (isOpen(job)) return { state: 'waiting', attempts: 0, lastStatus: null };
  const { callbackState = 'pending', callbackAttempts = 0, callbackStatus = null } = job;
  return { state: callbackState, attempts: callbackAttempts, lastStatus: callbackStatus };
}

function progressOf(job: Job): JobView['progress'] {
  const { rowsWritten, rowsTotal, bytesRead, bytesTotal } = knownProgress(job);
  return {
    rowsWritten,
    rowsTotal: rowsTotal ?? null,
    bytesRead: bytesRead ?? null,
    bytesTotal: bytesTotal ?? null,
  };
}

function knownProgress(job: Job): Progress {
  switch (job.status) {
    case 'processing':
      return { rowsWritten: 0, rowsTotal: job.rowsTotal, ...job.progress };
    case 'done': {
      const { rows } = job.report ?? job.validation;
      return { rowsWritten: job.report === undefined ? 0 : rows, rowsTotal: rows };
    }
    case 'queued':
    case 'error':
    case 'cancelled':
      return { rowsWritten: 0, rowsTotal: job.rowsTotal };
  }
}

function reportView({ key: _, badCells, ...facts }: Report, fileName: string, links?: JobLinks): ReportView {
  return {
    fileName,
    ...facts,
    ...(badCells !== undefined && { badCells: badCellsView(badCells, links?.badCells) }),
    ...linkView(links?.report),
  };
}

function badCellsView({ count, places, file }: BadCellFacts, link: Link | undefined): ReportView['badCells'] {
  if (file === undefined) return { count, places, file: null };
  const { sizeBytes, sha256 } = file;
  return { count, places, file: { sizeBytes, sha256, ...linkView(link) } };
}

function linkView(link: Link | undefined) {
  return { url: link?.url ?? null, urlExpiresAt: link?.expiresAt ?? null };
}

function isoSeconds(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}

/** Nothing more will happen to it. */
export function isTerminalView(view: JobView): boolean {
  return view.finishedAt !== null;
}
