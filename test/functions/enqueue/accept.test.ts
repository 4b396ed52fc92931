import { beforeEach, describe, expect, it } from 'vitest';
import { isJobId } from '../../../lambdas/domain/ids.ts';
import type { QueuedJob } from '../../../lambdas/domain/job.ts';
import { accept } from '../../../lambdas/functions/enqueue/accept.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';
import { addressOf, SETTINGS } from '../../support/settings.ts';

const LARGE = request({}, 1_000);

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

describe('a request that is accepted', () => {
  it('is a queued row, a message that names it and nothing else, and no object', async () => {
    const { job, replayed } = await service.post(request());
    expect(replayed).toBe(false);
    expect(isJobId(job.id)).toBe(true);
    expect(service.table.get(job.id)).toMatchObject({ status: 'queued', tenant: TENANT, attempt: 0, rowsTotal: 2 });
    const [message] = service.queue.visible();
    expect(JSON.parse(message?.body ?? '')).toEqual({ jobId: job.id, generation: 1 });
    expect(service.bucket.objects.size).toBe(0);
  });

  it('costs a put, a send and an update', async () => {
    await service.post(request());
    expect(service.faults.calls).toEqual(['jobs.create', 'queue.send', 'jobs.markSent']);
  });

  it('of more than 8 KB costs one call more, and lies in the bucket before its row stands', async () => {
    const { job } = await service.post(LARGE);
    expect(service.faults.calls).toEqual(['requests.save', 'jobs.create', 'queue.send', 'jobs.markSent']);
    expect(job.request.kind).toBe('stored');
    expect([...service.bucket.objects.keys()]).toEqual([expect.stringMatching(`^requests/${job.id}/`)]);
  });

  it('of more than 8 KB makes no row when it cannot be stored', async () => {
    service.faults.refuse('requests.save');
    await expect(service.post(LARGE)).rejects.toThrow('requests.save is refused');
    expect(service.table.rows.size).toBe(0);
  });

  it('waits for the sweeper a little longer once its message is sent', async () => {
    const { job } = await service.post(request());
    const { sweepAt } = service.table.get(job.id) as { sweepAt: number };
    expect(sweepAt).toBe(service.clock.now() + SETTINGS.queuedWait * 1000);
  });
});

describe('a message that cannot be sent', () => {
  it('does not change the answer, and leaves the row to the sweeper', async () => {
    service.faults.refuse('queue.send');
    const { job } = await service.post(request());
    expect(service.table.get(job.id)).toMatchObject({ status: 'queued', sends: 0 });
    expect(service.table.get(job.id)).toHaveProperty('sweepAt', service.clock.now() + SETTINGS.unsentGrace * 1000);
    expect(service.log.lines.map(({ event }) => event)).toEqual(['accepted', 'not sent, left to the sweeper']);
  });

  it('or be noted as sent does not change the answer either', async () => {
    service.faults.refuse('jobs.markSent');
    await expect(service.post(request())).resolves.toMatchObject({ replayed: false });
    expect(service.queue.messages.size).toBe(1);
  });
});

describe('a key', () => {
  it('posted twice is one job, one message and a replay', async () => {
    const first = await service.post(request(), 'k');
    const second = await service.post(request(), 'k');
    expect(second).toMatchObject({ replayed: true, job: { id: first.job.id } });
    expect(service.table.rows.size).toBe(1);
    expect(service.queue.sent).toBe(1);
  });

  it('posted fifty times at once is one job, and one of them is the first', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => service.post(request(), 'k')));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ job }) => job.id)).size).toBe(1);
    expect(service.queue.sent).toBe(1);
  });

  it('replayed after the job is done answers with the job as it stands', async () => {
    await service.post(request(), 'k');
    await service.deliver();
    expect(await service.post(request(), 'k')).toMatchObject({ replayed: true, job: { status: 'done' } });
  });

  it('with another body is refused, and leaves the first job as it was', async () => {
    const { job } = await service.post(request(), 'k');
    const before = service.table.get(job.id);
    const again = service.post(request({ title: 'Another' }), 'k');
    await expect(again).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(service.table.get(job.id)).toEqual(before);
  });

  it('with another large body does not touch the stored request of the first', async () => {
    const { job } = await service.post(LARGE, 'k');
    const again = service.post({ ...LARGE, title: 'Another' }, 'k');
    await expect(again).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const key = job.request.kind === 'stored' ? job.request.key : '';
    expect(JSON.parse(await service.ports.requests.load(key))).toMatchObject({ title: 'Sales' });
  });

  it('of a refused request is not used up', async () => {
    await expect(service.post(request({ title: '' }), 'k')).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(service.post(request(), 'k')).resolves.toMatchObject({ replayed: false });
  });

  it('belongs to its tenant: another one has it to itself', async () => {
    const mine = await service.post(request(), 'k');
    const theirs = await service.post(request({ title: 'Theirs' }), 'k', 'arn:aws:iam::123456789012:user/other');
    expect(theirs).toMatchObject({ replayed: false });
    expect(theirs.job.id).not.toBe(mine.job.id);
  });

  it('whose put was made twice, because its first reply was lost, is accepted and no replay', async () => {
    const { ports } = service;
    const create = async (job: QueuedJob) => {
      await ports.jobs.create(job);
      return ports.jobs.create(job);
    };
    const jobs = { ...ports.jobs, create, change: ports.jobs.change.bind(ports.jobs) } as typeof ports.jobs;
    const call = { tenant: TENANT, idempotencyKey: 'k', json: request(), addressOf };
    await expect(accept(call, { ...ports, jobs }, SETTINGS)).resolves.toMatchObject({ replayed: false });
    expect(service.queue.sent).toBe(1);
  });

  it('whose report is past its retention is gone, and never done without a file', async () => {
    await service.post(request(), 'k');
    await service.deliver();
    service.clock.advance(SETTINGS.reportRetention);
    await expect(service.post(request(), 'k')).rejects.toMatchObject({ code: 'GONE' });
  });

  it('used again when its row is gone does not take the old object for its own', async () => {
    const { job } = await service.post(request(), 'k');
    await service.deliver();
    service.table.rows.delete(job.id);
    service.locks.records.clear();
    const again = await service.post(request({ rows: [['Other', 1]] }), 'k');
    expect(again).toMatchObject({ replayed: false, job: { id: job.id } });
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'done', report: { rows: 1 } });
    expect(service.reports()).toHaveLength(2);
  });
});

describe('without a key', () => {
  it('the same request posted twice is two jobs', async () => {
    const [one, two] = [await service.post(request()), await service.post(request())];
    expect(one.job.id).not.toBe(two.job.id);
    expect(service.queue.sent).toBe(2);
  });
});

it('the name of a tenant is in no message group and in no object key', async () => {
  const { job } = await service.post(LARGE);
  await service.deliver();
  const groups = [...service.queue.messages.values()].map(({ group }) => group);
  expect([...groups, ...service.bucket.objects.keys()].join()).not.toMatch(/arn|reports\/.*user/);
  expect(service.reports()).toEqual([expect.stringContaining(`/${job.id}/${job.acceptId}/1/Sales.xlsx`)]);
});
