import { DynamoJobTable } from '../lambdas/adapters/dynamo-job-table.ts';
import { S3DatasetStore } from '../lambdas/adapters/s3-dataset-store.ts';
import { S3RequestStore } from '../lambdas/adapters/s3-request-store.ts';
import { SqsJobQueue } from '../lambdas/adapters/sqs-job-queue.ts';
import type { Log } from '../lambdas/domain/ports.ts';
import { Problem } from '../lambdas/domain/problems.ts';
import { type RedrivePorts, type RedriveSettings, redrive } from '../lambdas/rescue/redrive.ts';
import type { Service } from './service.ts';

type Say = (text: string) => void;

/** The sweeper sends in any case; these say when, and a reopened row lives as long as a new one by default. */
const SETTINGS: RedriveSettings = { jobRetention: 30 * 86_400, unsentGrace: 60, queuedWait: 240 };

/** @returns whether each job is open again */
export async function redriveJobs(ids: readonly string[], service: Service, say: Say): Promise<boolean> {
  const { dynamo, s3, sqs, output } = service;
  const ports: RedrivePorts = {
    jobs: new DynamoJobTable(dynamo, output('JobsTable')),
    queue: new SqsJobQueue(sqs, output('QueueUrl')),
    requests: new S3RequestStore(s3, output('Bucket')),
    datasets: new S3DatasetStore(s3, output('Bucket')),
    clock: { now: () => Date.now() },
    log: troublesTo(say),
  };
  const opened: boolean[] = [];
  for (const id of ids) opened.push(await redriveJob(id, ports, say));
  return opened.every(Boolean);
}

/**
 * Opens a failed job of any tenant again, just as its client would: a job that is not in error, or whose request or
 * dataset is gone, is left alone.
 * @returns whether it is open again
 */
export async function redriveJob(id: string, ports: RedrivePorts, say: Say): Promise<boolean> {
  const job = await ports.jobs.read(id);
  // Said of the generation that was just read, so that one which is open already is not taken for opened now.
  const { tenant = '', generation } = job ?? {};
  try {
    await redrive({ id, tenant, generation }, ports, SETTINGS);
    say(`${id}: opened again`);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(`${id}: left alone, ${error.code}: ${error.message}`);
    return false;
  }
}

/** What goes wrong beside the point, such as a message that could not be sent; the rest is said by the outcome. */
function troublesTo(say: Say): Log {
  const silent = () => {};
  return { info: silent, warn: say, error: (event) => say(event), measure: silent };
}
