import { expect, it } from 'vitest';
import type { ReportEvent } from '../../../lambdas/domain/callback-event.ts';
import type { EndedJob } from '../../../lambdas/domain/job.ts';
import { notify } from '../../../lambdas/functions/notify/notify.ts';
import { MemoryCallbackQueue } from '../../support/memory/callback-queue.ts';
import { MemoryService, request } from '../../support/memory/service.ts';

async function ended(extra: object): Promise<EndedJob> {
  const service = new MemoryService();
  const { job } = await service.post({ ...request(), ...extra });
  await service.deliver();
  return service.table.get(job.id) as EndedJob;
}

function world() {
  const published: ReportEvent[] = [];
  return {
    published,
    callbacks: new MemoryCallbackQueue(),
    events: { publish: async (e: ReportEvent) => void published.push(e) },
  };
}

it('an end is published as an event, and sent to the callback queue where a callback was asked for', async () => {
  const ports = world();
  const job = await ended({ callbackUrl: 'https://receiver.example/' });
  await notify(job, ports);
  expect(ports.published).toMatchObject([{ type: 'report.done', data: { id: job.id } }]);
  expect(ports.callbacks.sent).toMatchObject([{ jobId: job.id, generation: 1 }]);
});

it('an end that nobody wants to be called for is published alone', async () => {
  const ports = world();
  await notify(await ended({}), ports);
  expect(ports.published).toHaveLength(1);
  expect(ports.callbacks.sent).toEqual([]);
});
