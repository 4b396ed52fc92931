import { beforeEach, describe, expect, it } from 'vitest';
import { METRICS, type MetricName } from '../../lambdas/contract.ts';
import { Outage, PermanentFailure } from '../../lambdas/domain/failures.ts';
import type { Measures } from '../../lambdas/domain/measures.ts';
import { deliver } from '../../lambdas/functions/callback/deliver.ts';
import { cancel } from '../../lambdas/functions/cancel/cancel.ts';
import { openUpload } from '../../lambdas/functions/datasets/open-upload.ts';
import { closeDeadLetter } from '../../lambdas/functions/dead-letter/close-dead-letter.ts';
import { lookUp } from '../../lambdas/functions/status/look-up.ts';
import { MemoryCallbackQueue } from '../support/memory/callback-queue.ts';
import { MemoryUploadLinks } from '../support/memory/dataset-store.ts';
import { MemoryService, request, TENANT } from '../support/memory/service.ts';
import { SETTINGS } from '../support/settings.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

/** The sum of each metric over all lines. */
function sums(): Partial<Record<MetricName, number>> {
  const total: Partial<Record<MetricName, number>> = {};
  for (const { measures = {} } of service.log.lines) {
    for (const [name, value] of Object.entries(measures) as [MetricName, number][]) {
      total[name] = (total[name] ?? 0) + value;
    }
  }
  return total;
}

const fail = (cause: Error) => {
  service.renderer = { ...service.renderer, render: () => Promise.reject(cause) };
};

async function tellReceiver(jobId: string, status: number): Promise<void> {
  const queue = new MemoryCallbackQueue(service.faults.gate);
  const callback = {
    ...service.ports,
    callbacks: queue,
    undelivered: queue,
    sender: { post: async () => ({ kind: 'answered' as const, status }) },
    secrets: { masters: async () => [Buffer.from('master')] },
    random: () => 0.5,
  };
  await deliver(JSON.stringify({ jobId, generation: 1 }), callback);
}

describe('a job that goes well', () => {
  it('is counted once as accepted and as done, with its rows, its bytes and its times', async () => {
    const { job } = await service.post(request({}, 7), 'key');
    await service.post(request({}, 7), 'key');
    service.clock.advance(40);
    await service.deliver();
    const measured = sums();
    expect(measured).toMatchObject({ Accepted: 1, Replayed: 1, Done: 1, Attempts: 1, Rows: 7 });
    expect(measured.QueueSeconds).toBeGreaterThanOrEqual(40);
    expect(measured.JobSeconds).toBeGreaterThanOrEqual(measured.QueueSeconds ?? 0);
    const row = await service.ports.jobs.read(job.id);
    expect(row?.status === 'done' && row.report?.sizeBytes).toBe(measured.Bytes);
    expect(measured).not.toHaveProperty('Failed');
  });

  it('is not counted as accepted where it was refused', async () => {
    await service.post(request(), 'key');
    await expect(service.post(request({ title: 'Other' }), 'key')).rejects.toThrow();
    expect(sums().Accepted).toBe(1);
  });
});

describe('a job that fails', () => {
  it('for its own sake is no fault of the service', async () => {
    fail(new PermanentFailure('TOO_LARGE', 'Too large.'));
    await service.post(request());
    await service.deliver();
    expect(sums()).toMatchObject({ Failed: 1, Faults: 0 });
  });

  it('for a reason that nobody named is one, and counted by its code', async () => {
    fail(new Error('bug'));
    await service.post(request());
    for (let i = 0; i < SETTINGS.maxAttempts; i += 1) {
      await service.deliver();
      service.clock.advance(SETTINGS.backoffCap);
    }
    expect(sums()).toMatchObject({ Failed: 1, Faults: 1, Attempts: SETTINGS.maxAttempts });
    expect(service.log.lines.find(({ measures }) => measures?.Failed === 1)?.fields?.code).toBe('INTERNAL');
  });
});

describe('every line about a job', () => {
  it('of worker, sweeper and callback names the call by which it was accepted', async () => {
    const json = request({ callbackUrl: 'https://example.com/hook' });
    const { job } = await service.post(json, undefined, TENANT, 'call-1');
    service.clock.advance(3600);
    await service.sweep();
    await service.deliver();
    await tellReceiver(job.id, 200);
    const about = service.log.lines.filter(({ fields, event }) => fields?.jobId === job.id && event !== 'accepted');
    expect(about.map(({ event }) => event)).toEqual(['rescued', 'claimed', 'finished', 'callback delivered']);
    for (const { fields } of about) expect(fields).toMatchObject({ requestId: 'call-1', generation: 1 });
  });
});

it('a link leaves a line for the audit: who, which file, until when, and not the link', async () => {
  const { job } = await service.post(request());
  await service.deliver();
  const { links } = await lookUp(job.id, TENANT, service.ports);
  const line = service.log.lines.find(({ event }) => event === 'download link signed');
  expect(line?.fields).toEqual({
    jobId: job.id,
    tenant: expect.stringMatching(/^[0-9a-f]{32}$/),
    until: links?.report.expiresAt,
    sizeBytes: expect.any(Number),
  });
  expect(JSON.stringify(line)).not.toContain(links?.report.url ?? '?');
});

it('every metric of the contract is measured by somebody', async () => {
  const json = request({ callbackUrl: 'https://example.com/hook' });
  const told = await service.post(json, 'key');
  await service.post(json, 'key');
  const untold = await service.post(json);
  await service.sweep();
  await service.deliver();
  await service.deliver();
  await lookUp(told.job.id, TENANT, service.ports);
  await openUpload(TENANT, {}, { ...service.ports, links: new MemoryUploadLinks() }, SETTINGS);
  await tellReceiver(told.job.id, 204);
  await tellReceiver(untold.job.id, 410);
  fail(new PermanentFailure('TOO_LARGE', 'Too large.'));
  await service.post(request());
  await service.deliver();
  fail(new Outage('away'));
  await service.post(request());
  await service.deliver();
  await closeDeadLetter('junk', service.ports, SETTINGS);
  await cancel((await service.post(request())).job.id, TENANT, service.ports);
  const measured: Measures = sums();
  expect(Object.keys(measured).sort()).toEqual(Object.keys(METRICS).sort());
});
