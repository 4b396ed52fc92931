import { beforeEach, describe, expect, it } from 'vitest';
import type { OpenJob } from '../../../lambdas/domain/job.ts';
import { sweep } from '../../../lambdas/functions/sweeper/sweep.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import { MemoryService, request } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

const round = (timeIsUp = () => false) => sweep(service.ports, SETTINGS, timeIsUp);
const row = (id: string) => service.table.get(id) as OpenJob;

async function post(): Promise<string> {
  return (await service.post(request())).job.id;
}

/** A job whose message was never sent. */
async function postUnsent(): Promise<string> {
  service.faults.refuse('queue.send');
  return post();
}

/** A job that a worker has claimed and died with, as its lease tells by now. */
async function die(before = 'reports.put', id?: string): Promise<string> {
  const posted = id ?? (await post());
  await service.dieBefore(before);
  service.queue.messages.clear();
  return posted;
}

describe('the sweeper', () => {
  it('leaves alone what is not overdue', async () => {
    const id = await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace - 1);
    const before = row(id);
    expect(await round()).toEqual({});
    expect(row(id)).toEqual(before);
  });

  it('sends what was never sent, once', async () => {
    const id = await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace);
    expect(await round()).toEqual({ sent: 1 });
    expect(await round()).toEqual({});
    expect(service.queue.sent).toBe(1);
    await service.deliver();
    expect(row(id).status).toBe('done');
  });

  it('sends again what was lost on the way', async () => {
    const id = await post();
    service.queue.messages.clear();
    service.clock.advance(SETTINGS.queuedWait);
    expect(await round()).toEqual({ sent: 1 });
    await service.deliver();
    expect(row(id).status).toBe('done');
  });

  it('waits longer after each message, up to three times the first wait', async () => {
    const id = await post();
    const waits = [];
    for (let i = 0; i < 5; i += 1) {
      waits.push((row(id).sweepAt - service.clock.now()) / 1000);
      service.clock.advance((row(id).sweepAt - service.clock.now()) / 1000);
      await round();
    }
    expect(waits).toEqual([240, 480, 720, 720, 720]);
  });

  it('keeps its hands off a worker that is alive, up to the last moment of its lease', async () => {
    const id = await post();
    const rounds: object[] = [];
    service.renderer = lineRenderer(async () => {
      service.clock.advance(SETTINGS.lease / 2);
      rounds.push(await round());
      return 'write';
    });
    await service.deliver();
    expect(rounds).toEqual([{}, { alive: 1 }]);
    expect(service.queue.sent).toBe(1);
    expect(row(id)).toMatchObject({ status: 'done', attempt: 1 });
  });

  it('sends for a job whose worker died, and the next attempt ends it', async () => {
    const id = await die();
    expect(await round()).toEqual({ sent: 1 });
    expect(await service.deliver()).toBe('acknowledge');
    expect(row(id)).toMatchObject({ status: 'done', attempt: 2 });
  });

  it('closes a job whose workers all died, and says so', async () => {
    const id = await die();
    for (let attempt = 2; attempt <= SETTINGS.maxAttempts; attempt += 1) {
      await round();
      await die('reports.put', id);
    }
    expect(await round()).toEqual({ error: 1 });
    expect(row(id)).toMatchObject({ status: 'error', attempt: 3, error: { code: 'WORKER_LOST', retryable: true } });
  });

  it('finishes a job whose last worker died after it had published', async () => {
    const id = await die();
    for (let attempt = 2; attempt <= SETTINGS.maxAttempts; attempt += 1) {
      await round();
      await die(attempt === SETTINGS.maxAttempts ? 'once.complete' : 'reports.put', id);
    }
    expect(await round()).toEqual({ done: 1 });
    expect(row(id)).toMatchObject({ status: 'done', attempt: 3, report: { rows: 2 } });
    expect(row(id)).not.toHaveProperty('sweepShard');
  });

  it('closes what has waited for more than a day', async () => {
    const id = await post();
    service.clock.advance(SETTINGS.queuedMaxAge + 1);
    expect(await round()).toEqual({ error: 1 });
    expect(row(id)).toMatchObject({ status: 'error', attempt: 0, error: { code: 'EXPIRED_IN_QUEUE' } });
    expect(await service.deliver()).toBe('acknowledge');
    expect(row(id).status).toBe('error');
  });

  it('whose message is refused leaves the row overdue, to be found by the next round', async () => {
    const id = await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace);
    const { sweepAt } = row(id);
    service.faults.refuse('queue.send');
    expect(await round()).toEqual({ failed: 1 });
    expect(row(id)).toMatchObject({ sweepAt, sends: 0 });
    expect(await round()).toEqual({ sent: 1 });
  });

  it('whose write took effect but was answered with a failure sends in a later round', async () => {
    await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace);
    service.faults.loseReply('jobs.markSent');
    expect(await round()).toEqual({ failed: 1 });
    service.clock.advance(2 * SETTINGS.queuedWait);
    expect(await round()).toEqual({ sent: 1 });
  });

  it('is not stopped by a job that cannot be read', async () => {
    for (let i = 0; i < 30; i += 1) await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace);
    service.faults.refuse('jobs.read', 3);
    expect(await round()).toEqual({ sent: 27, failed: 3 });
    expect(await round()).toEqual({ sent: 3 });
  });

  it('gets through thousands in one round', async () => {
    for (let i = 0; i < 2_500; i += 1) await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace);
    expect(await round()).toEqual({ sent: 2_500 });
    expect(service.queue.sent).toBe(2_500);
  });

  it('ends when its time is up with the oldest sent, and the next round goes on', async () => {
    const newestFirst: string[] = [];
    for (let i = 0; i < 250; i += 1) {
      newestFirst.push(await postUnsent());
      service.clock.advance(-1);
    }
    service.clock.advance(SETTINGS.unsentGrace + 250);
    let batches = 0;
    expect(await round(() => ++batches > 1)).toEqual({ sent: 100 });
    const sent = [...service.queue.messages.values()].map(({ body }) => JSON.parse(body).jobId);
    expect(sent.toSorted()).toEqual(newestFirst.slice(-100).toSorted());
    expect(await round()).toEqual({ sent: 150 });
  });

  it('beside another one sends once for each job', async () => {
    for (let i = 0; i < 50; i += 1) await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace);
    const clock = { now: () => service.clock.now() + 1 };
    const other = sweep({ ...service.ports, clock }, SETTINGS, () => false);
    const [one, two] = await Promise.all([round(), other]);
    expect((one.sent ?? 0) + (two.sent ?? 0)).toBe(50);
    expect(service.queue.sent).toBe(50);
  });

  it('sends nothing again for an index that lags behind the row', async () => {
    const id = await postUnsent();
    service.clock.advance(SETTINGS.unsentGrace);
    await round();
    service.table.indexLag = 1;
    expect(service.table.index()).toEqual([expect.objectContaining({ id })]);
    expect(await round()).toEqual({ 'moved on': 1 });
    expect(service.queue.sent).toBe(1);
  });
});
