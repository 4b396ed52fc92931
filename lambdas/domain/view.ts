import type { JobView, ReportView } from './answers.ts';
import { isOpen, type Job, type Progress, type Report } from './job.ts';

/** A report's address, signed at the moment of reading. */
export interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

/** Where a route of the API is, as the client that called can use it; the path is without a slash before it. */
export type Address = (path: string) => string;

/** The job as the API shows it. */
export function viewOf(job: Job, addressOf: Address, link?: Link): JobView {
  return {
    id: job.id,
    status: job.status,
    format: job.format,
    reference: job.reference,
    createdAt: job.createdAt,
    startedAt: 'startedAt' in job ? job.startedAt : null,
    finishedAt: 'finishedAt' in job ? job.finishedAt : null,
    expiresAt: isoSeconds(job.status === 'done' ? job.reportExpiresAt : job.expiresAt),
    attempt: job.attempt,
    progress: progressOf(job),
    report: job.status === 'done' ? reportView(job.report, job.fileName, link) : null,
    error: job.status === 'error' ? job.error : null,
    callback: callbackView(job),
    links: { self: addressOf(`status/${job.id}`) },
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
    case 'done':
      return { rowsWritten: job.report.rows, rowsTotal: job.report.rows };
    case 'queued':
    case 'error':
      return { rowsWritten: 0, rowsTotal: job.rowsTotal };
  }
}

function reportView({ key: _, ...facts }: Report, fileName: string, link: Link | undefined): ReportView {
  return { fileName, ...facts, url: link?.url ?? null, urlExpiresAt: link?.expiresAt ?? null };
}

function isoSeconds(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}

/** Nothing more will happen to it. */
export function isTerminalView(view: JobView): boolean {
  return view.status === 'done' || view.status === 'error';
}
