import { isOpen } from '../../domain/job.ts';
import { parseMessage } from '../../domain/job-message.ts';
import { rescueOf } from '../../domain/rescue.ts';
import { type EndPorts, end, type RescueSettings } from '../../rescue/rescue-job.ts';

/** `keep`: the message stays in the dead-letter queue, to be looked at again or by a person. */
export type Verdict = 'remove' | 'keep';

/**
 * Explains one message of the dead-letter queue. A job that is beyond help is ended; one that is not is left to the
 * sweeper; a message that names none stays, so that the alarm on the queue finds something to show.
 */
export async function closeDeadLetter(body: string, ports: EndPorts, settings: RescueSettings): Promise<Verdict> {
  const message = parseMessage(body);
  if (message === undefined) {
    ports.log.warn('not a message of ours', { bytes: Buffer.byteLength(body) });
    return 'keep';
  }
  const job = await ports.jobs.read(message.jobId);
  if (job === undefined || job.generation !== message.generation || !isOpen(job)) return 'remove';
  const rescue = rescueOf(job, ports.clock.now(), settings);
  switch (rescue.action) {
    case 'wait':
      // Duplicates may have used the receives up while an attempt is at work: nothing is decided over its head.
      return 'keep';
    case 'send':
      // The sweeper sends when the row says so. A message sent from here could come back here, and so on without end.
      ports.log.warn('dead letter of an open job', { jobId: job.id, attempt: job.attempt });
      return 'remove';
    case 'close':
      await end(job, rescue.error, ports, settings);
      return 'remove';
  }
}
