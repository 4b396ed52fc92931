import type { Job } from '../../../../lambdas/domain/job.ts';

/** The words of Jepsen's queue checker: what went in, and what came out of it. */
export interface Summary {
  readonly accepted: number;
  readonly done: number;
  readonly error: number;
  /** Accepted, and neither done nor in error. */
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
  const filesOf = new Set(reports.map((key) => key.split('/')[2]));
  return {
    accepted: accepted.size,
    done: count('done'),
    error: count('error'),
    lost: [...accepted].filter((id) => !['done', 'error'].includes(ended.get(id)?.status ?? '')).length,
    unexpected: jobs.filter(({ id }) => !accepted.has(id)).length,
    duplicated: reports.length - filesOf.size,
    recovered: jobs.filter(({ attempt }) => attempt > 1).length,
  };
}

/** `requests 1000, killed 190, …`: one line, to be read and to be quoted. */
export function describeRun(numbers: { readonly [name: string]: number }): string {
  return Object.entries(numbers)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');
}
