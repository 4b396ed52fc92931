import type { CallbackQueue } from '../domain/callback.ts';
import type { EndedJob } from '../domain/job.ts';
import { logAbout } from '../domain/measures.ts';
import type { Clock, JobTable, Log } from '../domain/ports.ts';
import { markCallbackSent } from '../domain/transitions.ts';

export interface SendCallbackPorts {
  readonly jobs: JobTable;
  readonly callbacks: CallbackQueue;
  readonly clock: Clock;
  readonly log: Log;
}

/** When the sweeper looks again at a callback for which it has sent a message: past the longest try, well before doubt. */
const RESEND_MILLISECONDS = 5 * 60_000;

/**
 * Sends the message for a callback whose time has come. The row is written first, as for a job: a queue that is out of
 * reach costs one wait and not a message more with every round.
 */
export async function sendCallback(job: EndedJob, ports: SendCallbackPorts): Promise<'told' | 'moved on'> {
  const { jobs, callbacks, clock, log } = ports;
  const sweepAt = clock.now() + RESEND_MILLISECONDS;
  const { applied } = await jobs.change(job.id, markCallbackSent(job, sweepAt));
  if (!applied) return 'moved on';
  await callbacks.send({ jobId: job.id, generation: job.generation });
  logAbout(log, job).info('callback sent for', { attempts: job.callbackAttempts ?? 0 });
  return 'told';
}
