import { type MetricName, SERVICE_FAULTS } from '../contract.ts';
import type { Job, JobError, Report, ValidatedJob } from './job.ts';
import type { Log } from './ports.ts';

/** What one event adds to the metrics, in the units of the contract. */
export type Measures = { readonly [name in MetricName]?: number };

/** What the end of a job measures. @param now epoch milliseconds */
export function measuresOfEnd(
  job: Pick<Job, 'openedAt' | 'attempt'>,
  now: number,
  end: { readonly report: Report } | Pick<ValidatedJob, 'validation'> | { readonly error: JobError } | 'cancelled',
): Measures {
  const common = { Attempts: job.attempt, JobSeconds: secondsSince(job.openedAt, now) };
  if (end === 'cancelled') return { ...common, Cancelled: 1 };
  if ('report' in end) return { ...common, Done: 1, Rows: end.report.rows, Bytes: end.report.sizeBytes };
  if ('validation' in end) return { ...common, Done: 1, Rows: end.validation.rows };
  return { ...common, Failed: 1, Faults: SERVICE_FAULTS.includes(end.error.code) ? 1 : 0 };
}

/** @param iso ISO 8601 */
export function secondsSince(iso: string, now: number): number {
  return Math.max(0, now - Date.parse(iso)) / 1000;
}

/** A log of which every line names the job, and the call by which it was accepted. */
export function logAbout(log: Log, { id: jobId, generation, requestId }: Job): Log {
  const about = { jobId, generation, requestId };
  return {
    info: (event, fields) => log.info(event, { ...about, ...fields }),
    warn: (event, fields) => log.warn(event, { ...about, ...fields }),
    error: (event, fields, cause) => log.error(event, { ...about, ...fields }, cause),
    measure: (event, fields, measures) => log.measure(event, { ...about, ...fields }, measures),
  };
}
