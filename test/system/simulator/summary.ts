import { isOpen } from '../../../lambdas/domain/job.ts';
import type { World } from './world.ts';

/** What came of a run, in the words of Jepsen's queue tests. */
export interface Summary {
  /** Jobs that a client was told of. */
  readonly accepted: number;
  readonly done: number;
  readonly error: number;
  readonly cancelled: number;
  /** Accepted, and without an end. */
  readonly lost: number;
  /** Jobs that nobody asked for. */
  readonly unexpected: number;
  /** Files beyond the first of a job's generation. */
  readonly duplicated: number;
  /** Jobs whose client was never told, and which came to their end all the same. */
  readonly recovered: number;
  readonly redriven: number;
  readonly messages: number;
  readonly runs: number;
  readonly killed: number;
  readonly frozen: number;
  readonly faulted: number;
  readonly junk: number;
  readonly steps: number;
}

export function summarise({ table, posts, bucket, counts, queue, timeline }: World): Summary {
  const rows = table.all();
  const told = new Set(posts.flatMap(({ accepted }) => accepted.map(({ id }) => id)));
  const ended = new Set(rows.filter((job) => !isOpen(job)).map(({ id }) => id));
  const references = new Set(posts.map(({ json }) => ('reference' in json ? json.reference : '')));
  const reports = [...bucket.written].filter(([key]) => key.startsWith('reports/'));
  return {
    accepted: told.size,
    done: rows.filter(({ status }) => status === 'done').length,
    error: rows.filter(({ status }) => status === 'error').length,
    cancelled: rows.filter(({ status }) => status === 'cancelled').length,
    lost: [...told].filter((id) => !ended.has(id)).length,
    unexpected: rows.filter(({ reference }) => !references.has(reference)).length,
    duplicated: reports.reduce((sum, [, times]) => sum + times - 1, 0),
    recovered: [...ended].filter((id) => !told.has(id)).length,
    redriven: rows.reduce((sum, { generation }) => sum + generation - 1, 0),
    messages: queue.sent,
    steps: timeline.steps,
    ...counts,
  };
}

export function add(total: Summary, one: Summary): Summary {
  const sums = Object.entries(one).map(([name, value]) => [name, total[name as keyof Summary] + value]);
  return Object.fromEntries(sums) as unknown as Summary;
}
