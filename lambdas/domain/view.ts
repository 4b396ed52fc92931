import type { Job, Progress, Report } from './job.ts';

/** A report's address, signed at the moment of reading. */
export interface Link {
  readonly url: string;
  readonly expiresAt: string;
}

/** The job as the API shows it: every key is always there, `null` where the state has no such thing. */
export function viewOf(job: Job, link?: Link) {
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
    links: { self: `/status/${job.id}` },
  };
}

export type JobView = ReturnType<typeof viewOf>;

function progressOf(job: Job) {
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

function reportView({ key: _, ...facts }: Report, fileName: string, link: Link | undefined) {
  return { fileName, ...facts, url: link?.url ?? null, urlExpiresAt: link?.expiresAt ?? null };
}

function isoSeconds(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}

/** Nothing more will happen to it. */
export function isTerminalView(view: JobView): boolean {
  return view.status === 'done' || view.status === 'error';
}
