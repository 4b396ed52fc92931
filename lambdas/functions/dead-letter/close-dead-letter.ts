import { isOpen } from '../../domain/job.ts';
import { parseMessage } from '../../domain/job-message.ts';
import { logAbout } from '../../domain/measures.ts';
import type { Handled } from '../../domain/ports.ts';
import { rescueOf } from '../../domain/rescue.ts';
import { type FinishPorts, finish, type RescueSettings } from '../../rescue/rescue-job.ts';

/**
 * Answers one message of the dead-letter queue. A job that is beyond help is finished; one that is not is left to the
 * sweeper. A message that names no job is returned: it stays in the queue, so that the alarm finds something to show.
 */
export async function closeDeadLetter(body: string, ports: FinishPorts, settings: RescueSettings): Promise<Handled> {
  const message = parseMessage(body);
  ports.log.measure('dead letter', { jobId: message?.jobId }, { DeadLetters: 1 });
  if (message === undefined) {
    ports.log.warn('not a message of ours', { bytes: Buffer.byteLength(body) });
    return 'return';
  }
  const job = await ports.jobs.read(message.jobId);
  if (job === undefined || job.generation !== message.generation || !isOpen(job)) return 'acknowledge';
  const rescue = rescueOf(job, ports.clock.now(), settings);
  switch (rescue.action) {
    case 'wait':
      // Duplicates may have used the receives up while an attempt is at work: nothing is decided over its head.
      return 'return';
    case 'send':
      // The sweeper sends when the row says so. A message sent from here could come back here, and so on without end.
      logAbout(ports.log, job).warn('dead letter of an open job', { attempt: job.attempt });
      return 'acknowledge';
    case 'cancel':
    case 'finish':
      await finish(job, rescue, ports, settings);
      return 'acknowledge';
  }
}
