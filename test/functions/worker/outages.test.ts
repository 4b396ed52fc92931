import { beforeEach, describe, expect, it } from 'vitest';
import { OutOfTime } from '../../../lambdas/domain/failures.ts';
import type { Job, ProcessingJob } from '../../../lambdas/domain/job.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import { MemoryService, request } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
let id: string;
beforeEach(async () => {
  service = new MemoryService();
  // Large enough to lie in the bucket, and to be uploaded in parts.
  id = (await service.post(request({}, 1_000))).job.id;
});

const row = () => service.table.get(id) as Job;
const another = () => service.queue.send(JSON.stringify({ jobId: id, generation: 1 }));

/** The next round of the sweeper, and what it sends. */
async function nextRound(): Promise<void> {
  service.clock.advance(SETTINGS.sweepInterval);
  await service.sweep();
  while ((await service.deliver()) !== undefined);
}

describe('an outage of a service', () => {
  it.each(['once.lock', 'requests.load', 'reports.begin', 'reports.part', 'jobs.stage', 'reports.complete'])(
    'at %s uses up no try',
    async (call) => {
      service.faults.refuse(call);
      await service.deliver();
      expect(row()).toMatchObject({ status: 'processing', attempt: 1, tries: 0, leaseUntil: 0 });
      expect(row()).not.toHaveProperty('lastFailure');
      expect((row() as ProcessingJob).notBefore).toBeGreaterThan(service.clock.now());
    },
  );

  it('that outlasts any number of attempts ends no job, and delays it by a quarter of an hour at the most', async () => {
    service.faults.refuse('reports.part', 10);
    for (let claims = 0; claims < 10; ) {
      await nextRound();
      const job = row();
      if (job.attempt === claims) continue;
      claims = job.attempt;
      expect(job).toMatchObject({ status: 'processing', tries: 0 });
      expect((job as ProcessingJob).notBefore).toBeLessThanOrEqual(service.clock.now() + SETTINGS.backoffCap * 1000);
    }
    for (let rounds = 0; row().status === 'processing' && rounds < 20; rounds += 1) await nextRound();
    expect(row()).toMatchObject({ status: 'done', attempt: 11, tries: 1 });
    expect([...service.bucket.written.values()].every((times) => times === 1)).toBe(true);
    expect(service.deadLetters.messages.size).toBe(0);
  });

  it('makes the job wait for every message, not for the one that met it', async () => {
    for (let copies = 0; copies < 3; copies += 1) another();
    service.faults.refuse('reports.part', 4);
    expect(await service.deliver()).toBe('return');
    for (let copies = 0; copies < 3; copies += 1) expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ attempt: 1, tries: 0 });
  });

  it('that lasts is waited for in the row: the sweeper sends when the back-off is over, and no message grows old', async () => {
    service.faults.refuse('reports.part', 3);
    const handled = [];
    for (let attempts = 0; attempts < 3; attempts += 1) {
      handled.push(await service.deliver());
      service.clock.advance(20);
    }
    expect(handled).toEqual(['return', 'return', 'acknowledge']);
    expect(service.queue.messages.size).toBe(0);
    const { notBefore, sweepAt } = row() as ProcessingJob;
    expect(sweepAt).toBe(notBefore);
    expect(await service.sweep()).toEqual({});
    service.clock.advance(60);
    expect(await service.sweep()).toEqual({ sent: 1 });
  });

  it('that keeps a worker from finishing the row gives the attempt back uncounted, and the file is not made again', async () => {
    service.faults.refuse('jobs.finishDone');
    expect(await service.deliver()).toBe('return');
    expect(row()).toMatchObject({ status: 'processing', tries: 0 });
    service.clock.advance(60);
    await service.deliver();
    expect(row()).toMatchObject({ status: 'done', attempt: 2 });
    expect([...service.bucket.written].filter(([key]) => key.startsWith('reports/'))).toMatchObject([[/./, 1]]);
  });

  it('of the table brings the message back later each time it is received', async () => {
    service.faults.refuse('jobs.claim', 3);
    const waits = [];
    for (let receipts = 0; receipts < 3; receipts += 1) {
      expect(await service.deliver()).toBe('return');
      waits.push((service.queue.nextVisibleAt() - service.clock.now()) / 1000);
      service.clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([5, 20, 80]);
    await service.deliver();
    expect(row()).toMatchObject({ status: 'done', tries: 1 });
  });
});

describe('an attempt that comes to the end of its time', () => {
  const minutes = 4 * 60;
  const deadline = () => {
    const controller = new AbortController();
    const pass = () => {
      service.clock.advance(minutes);
      controller.abort(new OutOfTime());
    };
    return { signal: controller.signal, pass };
  };

  it('while it waits for the storage says nothing of the size of the report', async () => {
    const { signal, pass } = deadline();
    service.faults.before('reports.part', pass);
    await service.deliver(signal);
    expect(row()).toMatchObject({ status: 'processing', tries: 0, leaseUntil: 0 });
    await nextRound();
    expect(row()).toMatchObject({ status: 'done', attempt: 2 });
  });

  it('while it waits for its request to be read, neither', async () => {
    const { signal, pass } = deadline();
    service.faults.before('requests.load', pass);
    await service.deliver(signal);
    expect(row()).toMatchObject({ status: 'processing', tries: 0 });
  });

  it('at work is too large', async () => {
    const { signal, pass } = deadline();
    service.renderer = lineRenderer(async (_, line) => {
      if (line === 7) pass();
      return 'write';
    });
    await service.deliver(signal);
    expect(row()).toMatchObject({ status: 'error', error: { code: 'TOO_LARGE', retryable: false } });
    expect(service.bucket.uploads.size).toBe(0);
  });

  it('before it began does not count', async () => {
    const { signal, pass } = deadline();
    pass();
    await service.deliver(signal);
    expect(row()).toMatchObject({ status: 'processing', attempt: 1, tries: 0 });
  });
});

it('one receipt that comes to two invocations is worked on by one of them', async () => {
  const received = service.queue.receive();
  if (received === undefined) throw new Error('no message');
  let renders = 0;
  service.renderer = lineRenderer(async (_, line) => {
    if (line !== 0) return 'write';
    renders += 1;
    expect(await service.handle(received)).toBe('acknowledge');
    return 'write';
  });
  await service.handle(received);
  expect(renders).toBe(1);
  expect(row()).toMatchObject({ status: 'done', attempt: 1 });
});
