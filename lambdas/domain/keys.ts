import { createHash } from 'node:crypto';
import { PREFIXES } from '../contract.ts';
import type { Job, ProcessingJob } from './job.ts';

const SWEEP_SHARDS = 10;

export const SWEEP_SHARD_NAMES: readonly string[] = Array.from({ length: SWEEP_SHARDS }, (_, i) => `s#${i}`);

/** Open jobs are spread over ten index partitions: one would carry only about 1,000 writes a second. */
export function sweepShardOf(jobId: string): string {
  const [byte] = createHash('sha256').update(jobId).digest();
  return SWEEP_SHARD_NAMES[(byte ?? 0) % SWEEP_SHARDS] ?? 's#0';
}

/** Stands for the tenant in object keys and message groups, where its name could be too long, illegal or telling. */
export function tenantHash(tenant: string): string {
  return createHash('sha256').update(tenant).digest('hex').slice(0, 32);
}

/**
 * The request's hash is part of the key: a second body under the same `Idempotency-Key` is stored before it is refused,
 * and must not replace the first.
 */
export function requestKey(jobId: string, requestHash: string): string {
  return `${PREFIXES.requests}${jobId}/${requestHash}.json.gz`;
}

/**
 * One key per generation, no matter who writes it: together with `If-None-Match` that makes the commit happen once. It names
 * the acceptance too, because an `Idempotency-Key` that is used again after its row is gone makes the same job id, and
 * the report of the first may still stand.
 */
export function reportKey(job: Pick<Job, Opened | 'fileName'>): string {
  return `${folderOf(job)}/${job.fileName}`;
}

/**
 * Beside the report, so that whatever removes one removes the other. Each attempt has one of its own: two attempts may
 * commit theirs, and the report says which one is its.
 */
export function badCellsKey(job: Pick<ProcessingJob, Opened | 'attempt'>): string {
  return `${folderOf(job)}/bad-cells-${job.attempt}.ndjson`;
}

type Opened = 'id' | 'tenant' | 'acceptId' | 'generation';

function folderOf(job: Pick<Job, Opened>): string {
  return `${PREFIXES.reports}${tenantHash(job.tenant)}/${job.id}/${job.acceptId}/${job.generation}`;
}
