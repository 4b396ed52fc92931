import { DynamoJobTable } from '../lambdas/adapters/dynamo-job-table.ts';
import { SqsJobQueue } from '../lambdas/adapters/sqs-job-queue.ts';
import { tenantHash } from '../lambdas/domain/keys.ts';
import type { JobQueue, JobTable } from '../lambdas/domain/ports.ts';
import { redrive } from '../lambdas/domain/transitions.ts';
import type { Service } from './service.ts';

/** The sweeper sends in any case; this much later, if the message of now is lost. */
const GRACE_MILLISECONDS = 60_000;
/** A reopened row lives as long as a new one by default. */
const RETENTION_SECONDS = 30 * 86_400;

/** @returns whether each job was opened again */
export async function redriveJobs(
  ids: readonly string[],
  { dynamo, sqs, output }: Service,
  say: (text: string) => void,
): Promise<boolean> {
  const jobs = new DynamoJobTable(dynamo, output('JobsTable'));
  const queue = new SqsJobQueue(sqs, output('QueueUrl'));
  const reopened: boolean[] = [];
  for (const id of ids) {
    const outcome = await redriveJob(id, jobs, queue, Date.now());
    say(`${id}: ${outcome}`);
    reopened.push(outcome === 'opened again');
  }
  return reopened.every(Boolean);
}

/**
 * Opens a failed job again as its next generation. Safe to repeat: the row decides, and a job that is not in error is left
 * alone.
 */
export async function redriveJob(id: string, jobs: JobTable, queue: JobQueue, now: number): Promise<string> {
  const job = await jobs.read(id);
  if (job === undefined) return 'unknown';
  if (job.status !== 'error') return `left alone, it is ${job.status}`;
  const change = redrive(job, now, now + GRACE_MILLISECONDS, Math.floor(now / 1000) + RETENTION_SECONDS);
  const { applied } = await jobs.change(id, change);
  if (!applied) return 'left alone, somebody else was faster';
  await queue.send({ jobId: id, generation: job.generation + 1 }, tenantHash(job.tenant));
  return 'opened again';
}
