import type { CallbackQueue } from '../../domain/callback.ts';
import { type ReportEvent, reportEvent } from '../../domain/callback-event.ts';
import type { EndedJob } from '../../domain/job.ts';

export interface NotifyPorts {
  readonly callbacks: CallbackQueue;
  readonly events: EventBus;
}

/** The account's own event bus. */
export interface EventBus {
  /** @throws when the bus did not take it. */
  publish(event: ReportEvent): Promise<void>;
}

/**
 * Announces that a job has ended: an event for those who listen in the account, and a message for the callback that
 * was asked for. Told again, both bear the same id; a callback that is lost here is sent by the sweeper.
 */
export async function notify(job: EndedJob, { callbacks, events }: NotifyPorts): Promise<void> {
  await events.publish(reportEvent(job));
  if (job.callbackUrl !== undefined) await callbacks.send({ jobId: job.id, generation: job.generation });
}
