import type { Job } from '../../domain/job.ts';
import { cursorOf, type Place } from '../../domain/list-cursor.ts';
import type { Filter, ListQuery } from '../../domain/list-query.ts';
import type { Clock, JobList } from '../../domain/ports.ts';
import { isGone } from '../../domain/retention.ts';

export interface ListPorts {
  readonly list: JobList;
  readonly clock: Clock;
}

export interface Listed {
  readonly jobs: readonly Job[];
  /** Where the next call goes on; `undefined` at the end of the list. */
  readonly cursor?: string | undefined;
}

/** Rows that are read at a time: what one call of the table gives. */
const BATCH = 100;
/** Rows that one call looks at, at most: a filter that little passes ends with few jobs and a cursor. */
const MOST_ROWS = 1_000;

/** The tenant's jobs, newest first. A page may hold fewer than were asked for, even none, while there is a cursor. */
export async function list(tenant: string, { filter, limit, after }: ListQuery, ports: ListPorts): Promise<Listed> {
  const jobs: Job[] = [];
  let last = after;
  for (let looked = 0; looked < MOST_ROWS; ) {
    const page = await ports.list.page({ tenant, from: filter.from, to: filter.to, after: last, limit: BATCH });
    const rows = await rowsOf(page.places, ports);
    for (const place of page.places) {
      const row = rows.get(place.id);
      last = place;
      looked += 1;
      if (row !== undefined && isListed(row, filter)) jobs.push(row);
      if (jobs.length === limit) return { jobs, cursor: cursorOf(last, { tenant, filter }) };
    }
    if (!page.more) return { jobs };
  }
  return { jobs, cursor: last && cursorOf(last, { tenant, filter }) };
}

/** What is past its retention is not shown, as it is not shown when it is asked for by its id. */
async function rowsOf(places: readonly Place[], { list, clock }: ListPorts): Promise<Map<string, Job>> {
  const rows = places.length === 0 ? [] : await list.rows(places.map(({ id }) => id));
  const now = clock.now();
  return new Map(rows.filter((row) => !isGone(row, now)).map((row) => [row.id, row]));
}

function isListed(job: Job, { status, format, reference }: Filter): boolean {
  if (status !== undefined && job.status !== status) return false;
  if (format !== undefined && job.format !== format) return false;
  return reference === undefined || job.reference === reference;
}
