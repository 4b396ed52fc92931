import { isOpen } from '../../../../lambdas/domain/job.ts';
import { parseMessage } from '../../../../lambdas/domain/job-message.ts';
import { SETTINGS } from '../../../support/settings.ts';
import type { World } from '../world.ts';

/** I8: nothing unfinished is left that somebody could have ended, and every dead letter is explained. */
export function checkLeftovers({ bucket, witness, queue, deadLetters }: World): string[] {
  const problems: string[] = [];
  for (const id of bucket.uploads.keys()) {
    if (!witness.excusedUploads.has(id)) problems.push(`I8: upload ${id} is still open`);
  }
  if (queue.messages.size > 0) problems.push(`I8: ${queue.messages.size} messages are left`);
  // What is not ours stays, so that the alarm on the queue finds something to show.
  const unexplained = [...deadLetters.messages.values()].filter(({ body }) => parseMessage(body) !== undefined);
  if (unexplained.length > 0) problems.push(`I8: ${unexplained.length} dead letters are left`);
  return problems;
}

/** What the round that is under way may need. */
const ROUND_MILLISECONDS = 5_000;

/**
 * I8, while time goes on: nobody waits for longer than two rounds of the sweeper after the row says that it is due – for
 * a row in `processing` that is the end of its lease. A clock that was slow may have written a time that had passed.
 */
export function overdue({ table, timeline, stormEndsAt }: World): string[] {
  const patience = 2 * SETTINGS.sweepInterval * 1000 + ROUND_MILLISECONDS;
  return table.all().flatMap((job) => {
    if (!isOpen(job) || Math.max(job.sweepAt, stormEndsAt) + patience >= timeline.now()) return [];
    const write = table.history.findLast(({ id }) => id === job.id);
    if (write !== undefined && write.at + patience >= timeline.now()) return [];
    return [`I8: ${job.id} is ${job.status} and overdue since ${new Date(job.sweepAt).toISOString()}`];
  });
}
