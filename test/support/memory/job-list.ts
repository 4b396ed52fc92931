import type { Job } from '../../../lambdas/domain/job.ts';
import type { JobList, JobPage, PageQuery } from '../../../lambdas/domain/ports.ts';
import { type Gate, open } from './gate.ts';
import type { TableState } from './job-table.ts';

/** The tenant's jobs in memory; without the lag that an index has. */
export class MemoryJobList implements JobList {
  readonly #state: TableState;
  readonly #gate: Gate;

  constructor(state: TableState, gate: Gate = open) {
    this.#state = state;
    this.#gate = gate;
  }

  page({ tenant, from = '', to = 'Z', after, limit }: PageQuery): Promise<JobPage> {
    return this.#gate('list.page', () => {
      const listed = this.#state
        .all()
        .filter((job) => job.tenant === tenant && job.createdAt >= from && job.createdAt < to)
        .sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))
        .filter((job) => after === undefined || orderOf(job) < orderOf(after));
      const places = listed.slice(0, limit).map(({ id, createdAt }) => ({ id, createdAt }));
      return { places, more: listed.length > limit };
    });
  }

  rows(ids: readonly string[]): Promise<readonly Job[]> {
    return this.#gate('list.rows', () => ids.flatMap((id) => this.#state.get(id) ?? []));
  }
}

function orderOf({ createdAt, id }: Pick<Job, 'createdAt' | 'id'>): string {
  return `${createdAt} ${id}`;
}
