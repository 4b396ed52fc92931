import { datasetKey } from '../domain/dataset.ts';
import { invalidRequest } from '../domain/issues.ts';
import { type FailedJob, isOpen, type Job } from '../domain/job.ts';
import { logAbout } from '../domain/measures.ts';
import type { DatasetStore, RequestStore } from '../domain/ports.ts';
import { Problem } from '../domain/problems.ts';
import { redrive as reopen } from '../domain/transitions.ts';
import { ownJob, unknownJob } from './own-job.ts';
import { type SendPorts, sendJob } from './send-job.ts';

export interface RedrivePorts extends SendPorts {
  readonly requests: RequestStore;
  readonly datasets: DatasetStore;
}

/** In seconds. */
export interface RedriveSettings {
  readonly jobRetention: number;
  readonly unsentGrace: number;
  readonly queuedWait: number;
}

export interface Redriven {
  readonly id: string;
  readonly tenant: string;
  /** Which generation is known to have failed; `undefined` where nobody said. */
  readonly generation?: number | undefined;
}

/**
 * Opens a failed job again, as its next generation. Asked for again, it answers with the job as it stands.
 * @throws Problem `NOT_FOUND`, `GONE`, `NOT_FAILED`, and `REQUEST_GONE` or `DATASET_GONE` where it could only fail again
 */
export async function redrive(which: Redriven, ports: RedrivePorts, settings: RedriveSettings): Promise<Job> {
  const job = await ownJob(which.id, which.tenant, ports);
  if (isReopened(job, which.generation)) return job;
  if (job.status !== 'error') throw notFailed(job);
  checkGeneration(job, which.generation);
  await checkInput(job, ports);
  const now = ports.clock.now();
  const expiresAt = Math.floor(now / 1000) + settings.jobRetention;
  const { applied, job: row } = await ports.jobs.change(
    job.id,
    reopen(job, now, now + settings.unsentGrace * 1000, expiresAt),
  );
  if (row === undefined) throw unknownJob();
  if (applied) logAbout(ports.log, row).info('redriven', { code: job.error.code });
  // Refused where another call was faster, or our own, whose reply was lost: a message too many does no harm.
  if (row.status === 'queued') await sendJob(row, ports, settings.queuedWait);
  return row;
}

/** Whether what is asked for has happened. */
function isReopened(job: Job, generation: number | undefined): boolean {
  return generation === undefined ? isOpen(job) && job.generation > 1 : job.generation > generation;
}

function checkGeneration(job: FailedJob, generation = job.generation): void {
  if (generation === job.generation) return;
  const message = `is ${generation}, but the job is in its generation ${job.generation}`;
  throw invalidRequest([{ path: ['generation'], code: 'INVALID_VALUE', message }]);
}

/** What the job is made of must still be there, in the version that was accepted. */
async function checkInput({ tenant, request, datasets = [] }: FailedJob, ports: RedrivePorts): Promise<void> {
  if (request.kind === 'stored' && !(await ports.requests.exists(request.key))) {
    throw new Problem('REQUEST_GONE', 'The stored request is not there any more. Post it again.');
  }
  const found = await Promise.all(datasets.map(({ id }) => ports.datasets.inspect(datasetKey(tenant, id))));
  const gone = datasets.filter(({ etag }, i) => found[i]?.etag !== etag).map(({ id }) => id);
  if (gone.length === 0) return;
  throw new Problem(
    'DATASET_GONE',
    `Not there any more as it was accepted: dataset ${gone.join(', ')}. Upload it and post the request again.`,
  );
}

function notFailed({ status }: Job): Problem {
  return new Problem('NOT_FAILED', `The job is ${status}: only one that ended as error can be opened again.`);
}
