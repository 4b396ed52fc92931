import { parseDoorbell } from '../domain/doorbell.ts';
import { isOpen } from '../domain/job.ts';
import { type RescuePorts, type RescueSettings, rescueJob } from '../domain/rescue-job.ts';

/** `keep`: the message stays in the dead-letter queue, to be looked at again or by a person. */
export type Burial = 'remove' | 'keep';

/**
 * Explains one message of the dead-letter queue. A job that it names is ended, or rung for again while it has attempts
 * left; a message that names none stays, so that the alarm on the queue finds something to show.
 */
export async function bury(body: string, ports: RescuePorts, settings: RescueSettings): Promise<Burial> {
  const bell = parseDoorbell(body);
  if (bell === undefined) {
    ports.log.warn('not a message of ours', { bytes: Buffer.byteLength(body) });
    return 'keep';
  }
  const job = await ports.jobs.read(bell.jobId);
  if (job === undefined || job.generation !== bell.generation || !isOpen(job)) return 'remove';
  // Duplicates may have used the receives up while an attempt is at work: nothing is decided over its head.
  return (await rescueJob(job, ports, settings)) === 'alive' ? 'keep' : 'remove';
}
