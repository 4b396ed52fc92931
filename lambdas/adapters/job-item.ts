import { type Job, STATUSES } from '../domain/job.ts';

/**
 * Reads a row as a job. Only this service writes rows, each by one of its transitions, so what is checked is that it is
 * one of ours at all; a row of an unknown status was written by a newer version and is not to be touched.
 * @throws Error when it is not.
 */
export function jobOf(item: Record<string, unknown>): Job {
  const { id, status, tenant, generation, attempt } = item;
  const known = STATUSES.some((each) => each === status);
  const keyed = typeof id === 'string' && typeof tenant === 'string';
  const counted = typeof generation === 'number' && typeof attempt === 'number';
  if (!known || !keyed || !counted)
    throw new Error(`The row ${String(id)} is not a job of this version of the service.`);
  return item as unknown as Job;
}
