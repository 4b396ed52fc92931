import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../lambdas/domain/job.ts';
import { closeDeadLetter } from '../../../lambdas/functions/dead-letter/close-dead-letter.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import { MemoryService, request } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
let id: string;
beforeEach(async () => {
  service = new MemoryService();
  id = (await service.post(request())).job.id;
});

const row = () => service.table.get(id) as Job;
const closeMessage = (body: string = JSON.stringify({ jobId: id, generation: 1 })) =>
  closeDeadLetter(body, service.ports, SETTINGS);

/** A worker claims the job and dies right before an operation; its lease runs out. */
async function die(before: string): Promise<void> {
  await service.dieBefore(before);
  service.sendAgain(id);
}

async function useAttemptsUp(lastDeath = 'reports.put'): Promise<void> {
  for (let attempt = 1; attempt < SETTINGS.maxAttempts; attempt += 1) await die('reports.put');
  await die(lastDeath);
}

describe('a dead letter', () => {
  it('of a job whose attempts are used up ends the job with a reason', async () => {
    await useAttemptsUp();
    expect(await closeMessage()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'error', error: { code: 'WORKER_LOST' } });
  });

  it('of a job whose file stands ends it as done', async () => {
    await useAttemptsUp('once.complete');
    expect(await closeMessage()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', report: { rows: 2 } });
  });

  it('of a job that somebody works on is kept and decides nothing', async () => {
    let verdict: string | undefined;
    service.renderer = lineRenderer(async () => {
      verdict ??= await closeMessage();
      return 'write';
    });
    await service.deliver();
    expect(verdict).toBe('return');
    expect(row()).toMatchObject({ status: 'done', attempt: 1 });
  });

  it('of a job that has attempts left is removed, and the sweeper is the one to send', async () => {
    const before = row();
    expect(await closeMessage()).toBe('acknowledge');
    expect(row()).toEqual(before);
    expect(service.queue.sent).toBe(1);
  });

  it.each(['done', 'error'])('of a job that is %s already is removed', async (status) => {
    if (status === 'error') service.renderer = { ...lineRenderer(), render: () => Promise.reject(new Error('down')) };
    while (service.queue.messages.size > 0) {
      service.clock.advance(1_000);
      await service.deliver();
    }
    const before = row();
    expect(before.status).toBe(status);
    expect(await closeMessage()).toBe('acknowledge');
    expect(row()).toEqual(before);
  });

  it('of another generation, or of a job whose row is gone, is removed', async () => {
    expect(await closeMessage(JSON.stringify({ jobId: id, generation: 2 }))).toBe('acknowledge');
    expect(await closeMessage(JSON.stringify({ jobId: 'gone', generation: 1 }))).toBe('acknowledge');
    expect(row().status).toBe('queued');
  });

  it.each(['', 'junk', '{}', '[1]', '{"jobId":7}'])('that reads %j is kept for a person to see', async (body) => {
    service.faults.calls.length = 0;
    expect(await closeMessage(body)).toBe('return');
    expect(service.faults.calls).toEqual([]);
    expect(service.log.lines.at(-1)).toMatchObject({ level: 'warn', fields: { bytes: body.length } });
  });
});
