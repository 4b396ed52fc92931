import type { EndedJob } from './job.ts';

/** What is announced of a job that has ended: enough to find it, nothing of what is in the file, and no link to the file. */
export interface ReportEvent {
  readonly type: `report.${EndedJob['status']}`;
  /** ISO 8601: when the job ended. */
  readonly timestamp: string;
  readonly data: {
    readonly id: string;
    readonly status: EndedJob['status'];
    readonly format: EndedJob['format'];
    readonly reference: string | null;
    readonly generation: number;
    /** Why there is no file. */
    readonly code: string | null;
    readonly links: { readonly self: string | null };
  };
}

export function reportEvent(job: EndedJob): ReportEvent {
  return {
    type: `report.${job.status}`,
    timestamp: job.finishedAt,
    data: {
      id: job.id,
      status: job.status,
      format: job.format,
      reference: job.reference,
      generation: job.generation,
      code: job.status === 'error' ? job.error.code : null,
      links: { self: job.statusUrl ?? null },
    },
  };
}

/** The same on every try, and another one for each end that a job can have. */
export function callbackId(job: Pick<EndedJob, 'id' | 'generation'>): string {
  return `msg_${job.id}_${job.generation}`;
}
