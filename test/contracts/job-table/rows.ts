import { randomUUID } from 'node:crypto';
import type { QueuedJob } from '../../../lambdas/domain/job.ts';
import { sweepShardOf } from '../../../lambdas/domain/keys.ts';

/** A time at which the tests' clocks stand; nothing here reads the real one. */
export const NOW = Date.UTC(2026, 0, 5, 9);

/** A new row under an id that nobody else has. */
export function queuedRow(changes: Partial<QueuedJob> = {}): QueuedJob {
  const id = changes.id ?? randomUUID();
  return {
    id,
    tenant: 'arn:aws:iam::123456789012:role/Orders',
    status: 'queued',
    format: 'xlsx',
    fileName: 'Überblick „Köln" 2026.xlsx',
    reference: null,
    requestHash: 'c0ffee',
    acceptId: randomUUID(),
    request: { kind: 'inline', json: '{"title":"Łódź 😀","rows":[[1,-2.5,1e21,""]]}' },
    rowsTotal: 1,
    createdAt: new Date(NOW).toISOString(),
    openedAt: new Date(NOW).toISOString(),
    expiresAt: NOW / 1000 + 86_400,
    generation: 1,
    attempt: 0,
    tries: 0,
    sends: 0,
    sweepShard: sweepShardOf(id),
    sweepAt: NOW + 30_000,
    ...changes,
  };
}
