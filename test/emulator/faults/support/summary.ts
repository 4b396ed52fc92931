import { isOpen, type Job } from '../../../../lambdas/domain/job.ts';

/** The words of Jepsen's queue checker: what went in, and what came out of it. */
export interface Summary {
  readonly accepted: number;
  readonly done: number;
  readonly error: number;
  readonly cancelled: number;
  /** Accepted, and without an end. */
  readonly lost: number;
  /** A job that nobody was told of. */
  readonly unexpected: number;
  /** Files beyond the first of their job. */
  readonly duplicated: number;
  /** Jobs that needed more than one attempt. */
  readonly recovered: number;
}

export function summaryOf(accepted: ReadonlySet<string>, jobs: readonly Job[], reports: readonly string[]): Summary {
  const ended = new Map(jobs.map((job) => [job.id, job]));
  const count = (status: Job['status']) => jobs.filter((job) => job.status === status).length;
  const files = reports.filter((key) => !isOfBadCells(key));
  const filesOf = new Set(files.map((key) => key.split('/')[2]));
  return {
    accepted: accepted.size,
    done: count('done'),
    error: count('error'),
    cancelled: count('cancelled'),
    lost: [...accepted].filter((id) => !isEnded(ended.get(id))).length,
    unexpected: jobs.filter(({ id }) => !accepted.has(id)).length,
    duplicated: files.length - filesOf.size,
    recovered: jobs.filter(({ attempt }) => attempt > 1).length,
  };
}

function isEnded(job: Job | undefined): boolean {
  return job !== undefined && !isOpen(job);
}

/** They lie beside the report, and are none. */
function isOfBadCells(key: string): boolean {
  return /\/bad-cells-\d+\.ndjson$/.test(key);
}

/** `requests 1000, killed 190, …`: one line, to be read and to be quoted. */
export function describeRun(numbers: { readonly [name: string]: number }): string {
  return Object.entries(numbers)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');
}
