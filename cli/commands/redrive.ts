import type { Job } from '../../client/index.ts';
import { QuireProblem } from '../../client/index.ts';
import { CliError, told } from '../exit.ts';
import type { Service } from './jobs.ts';
import { type FilterFlags, filterOf, jobTable } from './list.ts';

export interface RedriveFlags extends Pick<FilterFlags, 'format' | 'reference' | 'newerThan' | 'olderThan'> {
  readonly code?: string | undefined;
  readonly yes?: boolean | undefined;
}

/**
 * `quire redrive`: opens failed jobs again: those that are named, or all that the flags choose. Chosen jobs are shown, and
 * opened only with `--yes`.
 */
export async function redriveCommand(
  ids: readonly string[],
  flags: RedriveFlags,
  service: Service,
  signal: AbortSignal,
): Promise<void> {
  const { yes, ...filter } = flags;
  const isChosen = Object.values(filter).some((value) => value !== undefined);
  if (ids.length > 0 === isChosen) {
    throw new CliError('usage', 'Name the jobs, or choose them by --code, --format, --reference or their age.');
  }
  const jobs = isChosen ? await chosen(flags, service, signal) : ids;
  const { screen } = service;
  if (isChosen && !yes) {
    screen.data(jobs, jobs.length === 0 ? 'No job is like that.' : jobTable(jobs as readonly Job[]));
    if (jobs.length > 0) screen.note(`Nothing was done. With --yes, these ${jobs.length} are opened again.`);
    return;
  }
  await reopen(jobs, service, signal);
}

async function chosen(flags: RedriveFlags, { quire }: Service, signal: AbortSignal): Promise<Job[]> {
  const jobs: Job[] = [];
  for await (const job of quire.list({ ...filterOf(flags), status: 'error' }, { signal })) {
    if (flags.code === undefined || job.error?.code === flags.code) jobs.push(job);
  }
  return jobs;
}

/** One after the other, so that a service that has just come back is not run over; one that is refused stops none. */
async function reopen(jobs: readonly (string | Job)[], { quire, screen }: Service, signal: AbortSignal): Promise<void> {
  const opened: Job[] = [];
  let refused = 0;
  for (const job of jobs) {
    try {
      opened.push(await quire.redrive(job, { signal }));
    } catch (error) {
      if (!(error instanceof QuireProblem)) throw error;
      refused += 1;
      screen.note(`${typeof job === 'string' ? job : job.id}: ${told(error)}`);
    }
  }
  if (opened.length > 0) screen.data(opened, jobTable(opened));
  if (refused > 0) throw new CliError('refused', `${refused} of ${jobs.length} were not opened again.`);
}
