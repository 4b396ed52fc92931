import { isOpen, type Job } from '../../domain/job.ts';
import { clearCancelled } from '../../rescue/clear-cancelled.ts';
import { type Rescued, type RescuePorts, type RescueSettings, rescueJob } from '../../rescue/rescue-job.ts';
import { type SendCallbackPorts, sendCallback } from '../../rescue/send-callback.ts';

const BATCH = 100;
/** Jobs rescued side by side: enough to hide the latency, few enough to leave the table to the workers. */
const CONCURRENCY = 10;

export type SweepPorts = RescuePorts & SendCallbackPorts;

/**
 * What came of one row that was due. `told`: a message was sent for its callback. `cleared`: nothing of a cancelled job
 * stands any more.
 */
type Swept = Rescued | 'told' | 'cleared' | 'failed';

export type SweepSummary = { [outcome in Swept]?: number };

/**
 * Gives every job that is overdue, or whose callback is, its push, until none is left or the time is up. What fails for one job is left to the next
 * round and stops nobody else.
 * @param timeIsUp asked between batches.
 */
export async function sweep(
  ports: SweepPorts,
  settings: RescueSettings,
  timeIsUp: () => boolean,
): Promise<SweepSummary> {
  const summary: SweepSummary = {};
  const now = ports.clock.now();
  const seen = new Set<string>();
  // Each batch starts where the last one ended: the index may lag behind what this round has moved, and jobs that
  // cannot be moved at all must not stand in the way of the others.
  for (let from = 0; !timeIsUp(); ) {
    const due = await ports.jobs.due(from, now, BATCH);
    const ids = due.map(({ id }) => id).filter((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    await eachOf(ids, async (id) => count(summary, await push(id, ports, settings)));
    const last = due.at(-1);
    if (last === undefined || due.length < BATCH) break;
    from = ids.length > 0 ? last.sweepAt : last.sweepAt + 1;
  }
  ports.log.measure('swept', summary, { SweepRounds: 1, Swept: summary.sent ?? 0 });
  return summary;
}

async function push(id: string, ports: SweepPorts, settings: RescueSettings): Promise<Swept> {
  try {
    const job = await ports.jobs.read(id);
    if (job?.sweepAt === undefined || job.sweepAt > ports.clock.now()) return 'moved on';
    return await pushed(job, ports, settings);
  } catch (cause) {
    ports.log.error('rescue failed, left to the next round', { jobId: id }, cause);
    return 'failed';
  }
}

function pushed(job: Job, ports: SweepPorts, settings: RescueSettings): Promise<Swept> {
  if (isOpen(job)) return rescueJob(job, ports, settings);
  if (job.status === 'cancelled' && job.callbackState !== 'pending') return clearCancelled(job, ports);
  return sendCallback(job, ports);
}

async function eachOf(ids: readonly string[], step: (id: string) => Promise<void>): Promise<void> {
  const waiting = [...ids];
  const lane = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await step(id);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
}

function count(summary: SweepSummary, outcome: Swept): void {
  summary[outcome] = (summary[outcome] ?? 0) + 1;
}
