import { randomUUID } from 'node:crypto';
import type { Client } from '../../test/support/raw-client.ts';
import { quantile } from '../quantiles.ts';
import { requestOf } from './request.ts';

/** Far below what is measured, so that it is the service that is waited for. */
const POLL_MS = 5;
const WARM_UP = 5;

export interface Latency {
  readonly format: string;
  readonly reports: number;
  /** From the POST to the last byte of the downloaded file. */
  readonly p50: number;
  readonly p95: number;
}

/** Makes reports one after another, as one client would, and times each from the POST to the file. */
export async function measureLatency(client: Client, format: 'xlsx' | 'pdf', reports: number): Promise<Latency> {
  for (let i = 0; i < WARM_UP; i += 1) await makeReport(client, format);
  const milliseconds: number[] = [];
  for (let i = 0; i < reports; i += 1) milliseconds.push(await makeReport(client, format));
  return { format, reports, p50: quantile(milliseconds, 0.5), p95: quantile(milliseconds, 0.95) };
}

async function makeReport(client: Client, format: 'xlsx' | 'pdf'): Promise<number> {
  const started = performance.now();
  const { id } = await client.generate(requestOf(format), { 'idempotency-key': randomUUID() });
  const job = await client.ended(id, { pollMs: POLL_MS });
  const file = await (await client.download(job)).arrayBuffer();
  const taken = performance.now() - started;
  if (file.byteLength !== job.report?.sizeBytes) throw new Error(`only ${file.byteLength} bytes of ${id} arrived`);
  return taken;
}
