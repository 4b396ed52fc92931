// Longer than a file should be: every story of a cancel, from the wish to what is cleared after it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EndedJob, Job } from '../../../lambdas/domain/job.ts';
import { badCellsKey, reportKey } from '../../../lambdas/domain/keys.ts';
import { recordCallback } from '../../../lambdas/domain/transitions.ts';
import { cancel } from '../../../lambdas/functions/cancel/cancel.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import { upload } from '../../support/memory/dataset-store.ts';
import { MemoryService, request, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
let id: string;
beforeEach(async () => {
  service = new MemoryService();
  id = (await service.post(request({ callbackUrl: 'https://receiver.example/' }))).job.id;
});

const row = () => service.table.get(id) as Job;
const cancelled = (tenant = TENANT) => cancel(id, tenant, service.ports);
/** The client changes its mind while the n-th row is written. */
const cancelAtRow = (n: number) =>
  lineRenderer(async (_, at) => {
    if (at === n) await cancelled();
    // Past the pause between two heartbeats.
    service.clock.advance(3);
    await new Promise(setImmediate);
    return 'write';
  });
const nothingIsLeft = () => {
  expect(service.bucket.objects.has(reportKey(row()))).toBe(false);
  const locks = [...service.locks.records.keys()].filter((key) => key.startsWith(id));
  expect(service.bucket.uploads.size + locks.length + service.queue.messages.size).toBe(0);
};

describe('a job that is queued', () => {
  it('is cancelled at once, and its message does nothing', async () => {
    expect(await cancelled()).toMatchObject({ status: 'cancelled', finishedAt: row().createdAt, attempt: 0 });
    expect(await service.deliver()).toBe('acknowledge');
    expect(service.writesOf(id)).toEqual(['create', 'markSent', 'cancelQueued']);
    nothingIsLeft();
  });

  it('owes its callback, as after any other end', async () => {
    expect(await cancelled()).toMatchObject({ callbackState: 'pending', callbackAttempts: 0 });
    service.clock.advance(60);
    expect(await service.sweep()).toEqual({ told: 1 });
  });

  it('and is taken at that moment, by a worker that dies, is cancelled by the sweeper', async () => {
    service.faults.before('jobs.cancelQueued', () => service.dieBefore('jobs.stage'));
    expect(await cancelled()).toMatchObject({ status: 'processing', cancelRequestedAt: expect.any(String) });
    expect(await service.sweep()).toEqual({ cancelled: 1 });
  });
});

describe('a job that is being made', () => {
  it('is stopped at the next heartbeat, and nothing is left', async () => {
    id = (await service.post(request({}, 600))).job.id;
    await service.deliver();
    let rows = 0;
    const renderer = cancelAtRow(10);
    service.renderer = {
      ...renderer,
      render: (report, tables, sink, context) =>
        renderer.render(report, tables, sink, {
          ...context,
          onProgress: (written) => {
            rows = written;
            context.onProgress?.(written);
          },
        }),
    };
    expect(await service.deliver()).toBe('acknowledge');
    expect(rows).toBeLessThan(20);
    expect(row()).toMatchObject({ status: 'cancelled', attempt: 1 });
    expect(row()).not.toHaveProperty('cancelRequestedAt');
    nothingIsLeft();
  });

  it('is stopped before its file is published, if no heartbeat was due', async () => {
    service.faults.before('jobs.stage', async () => {
      await cancelled();
    });
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'cancelled' });
    nothingIsLeft();
  });

  it('is done if its file was published before anybody saw the wish', async () => {
    service.faults.before('jobs.finishDone', async () => {
      await cancelled();
    });
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done' });
    expect(row()).not.toHaveProperty('cancelRequestedAt');
  });

  it('is asked about twice with the same answer, and written to once', async () => {
    await service.dieBefore('jobs.stage');
    const first = await cancelled();
    service.clock.advance(5);
    expect(await cancelled()).toEqual(first);
    expect(service.writesOf(id).filter((name) => name === 'requestCancel')).toHaveLength(1);
  });
});

it('a job that is given back at that moment is due at once, and not after its back-off', async () => {
  let given: Promise<unknown> | undefined;
  service.renderer = lineRenderer(async () => {
    service.faults.before('jobs.requestCancel', async () => {
      await given;
    });
    const wish = cancelled();
    given = new Promise((resolve) => service.faults.before('queue.return', () => resolve(undefined)));
    void wish;
    throw new Error('down');
  });
  expect(await service.deliver()).toBe('return');
  await new Promise(setImmediate);
  expect(row()).toMatchObject({ status: 'processing', leaseUntil: 0, sweepAt: service.clock.now() });
  expect(await service.sweep()).toEqual({ cancelled: 1 });
});

describe('what is published over a cancelled job by somebody who cannot take it back', () => {
  const HALF_AN_HOUR = 1_800;
  const late = () => {
    const { tenant, acceptId, generation } = row();
    const own = { id, tenant, acceptId, generation };
    const keys = [reportKey(row()), badCellsKey({ ...own, attempt: 1 }), badCellsKey({ ...own, attempt: 2 })];
    for (const key of keys) upload(service.bucket, key, 'late', service.clock.now());
    return () => keys.filter((key) => service.bucket.objects.has(key));
  };
  const cancelTwiceTaken = async (json: object) => {
    service.queue.messages.clear();
    id = (await service.post(json)).job.id;
    await service.dieBefore('jobs.stage');
    await cancelled();
    service.sendAgain(id);
    while (row().status !== 'cancelled') await service.deliver();
    expect(row()).toMatchObject({ status: 'cancelled', attempt: 2 });
  };

  it('is taken away when no attempt can be alive any more, and then nobody looks again', async () => {
    await cancelTwiceTaken(request());
    const left = late();
    service.clock.advance(HALF_AN_HOUR - 1);
    expect(await service.sweep()).not.toHaveProperty('cleared');
    expect(left()).toHaveLength(3);
    service.clock.advance(1);
    expect(await service.sweep()).toMatchObject({ cleared: 1 });
    expect(left()).toEqual([]);
    expect(row()).not.toHaveProperty('sweepAt');
    service.clock.advance(HALF_AN_HOUR);
    expect(await service.sweep()).not.toHaveProperty('cleared');
  });

  it('is taken away in a later round, where the bucket is out of reach', async () => {
    await cancelTwiceTaken(request());
    const left = late();
    service.clock.advance(HALF_AN_HOUR);
    service.faults.refuse('reports.remove');
    expect(await service.sweep()).toMatchObject({ failed: 1 });
    expect(await service.sweep()).toMatchObject({ cleared: 1 });
    expect(left()).toEqual([]);
  });

  it('waits for the callback, which comes first', async () => {
    await cancelTwiceTaken(request({ callbackUrl: 'https://receiver.example/' }));
    const left = late();
    service.clock.advance(HALF_AN_HOUR);
    expect(await service.sweep()).not.toHaveProperty('cleared');
    const told = recordCallback(row() as EndedJob, { state: 'delivered', status: 204 });
    await service.ports.jobs.change(id, told);
    expect(await service.sweep()).toMatchObject({ cleared: 1 });
    expect(left()).toEqual([]);
  });
});

describe('a job whose worker died', () => {
  it('is cancelled by the next round of the sweeper', async () => {
    await service.dieBefore('jobs.stage');
    expect(await cancelled()).toMatchObject({ status: 'processing', sweepAt: service.clock.now() });
    expect(await service.sweep()).toEqual({ cancelled: 1 });
    expect(row()).toMatchObject({ status: 'cancelled', attempt: 1 });
  });

  it('is cancelled by the next worker, if one comes first', async () => {
    await service.dieBefore('jobs.stage');
    await cancelled();
    service.sendAgain(id);
    service.renderer = { ...lineRenderer(), render: async () => never() };
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'cancelled', attempt: 2 });
    expect(service.writesOf(id).slice(-2)).toEqual(['claim', 'finishCancelled']);
  });

  it.each(['sweeper', 'worker'])('after it had published is done all the same, by the %s', async (by) => {
    await service.dieBefore('jobs.finishDone');
    await cancelled();
    if (by === 'worker') service.sendAgain(id);
    await (by === 'worker' ? service.deliver() : service.sweep());
    expect(row()).toMatchObject({ status: 'done' });
  });

  it('takes its file back when it was not dead after all', async () => {
    id = (await service.post(request({}, 0))).job.id;
    await service.deliver();
    service.faults.before('reports.put', async () => {
      service.clock.advance(SETTINGS.lease + 1);
      await cancelled();
      // The other job's callback is due by now.
      expect(await service.sweep()).toEqual({ cancelled: 1, told: 1 });
    });
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'cancelled' });
    expect(service.bucket.written.get(reportKey(row()))).toBe(1);
    expect(service.bucket.objects.has(reportKey(row()))).toBe(false);
  });
});

describe('a job that has ended', () => {
  it('as cancelled is answered as before', async () => {
    const first = await cancelled();
    service.clock.advance(5);
    expect(await cancelled()).toEqual(first);
  });

  it.each(['done', 'error'])('as %s cannot be cancelled any more', async (status) => {
    if (status === 'error') service.bucket.objects.clear();
    service.renderer = status === 'done' ? lineRenderer() : { ...lineRenderer(), render: async () => never() };
    await service.deliver();
    for (let i = 0; i < 3 && status === 'error'; i += 1) {
      service.clock.advance(1_000);
      await service.deliver();
    }
    const before = row();
    expect(before.status).toBe(status);
    await expect(cancelled()).rejects.toMatchObject({ name: 'Problem', code: 'JOB_ENDED' });
    expect(row()).toEqual(before);
  });

  it('is gone after its retention', async () => {
    await cancelled();
    service.clock.advance(SETTINGS.jobRetention);
    await expect(cancelled()).rejects.toMatchObject({ code: 'GONE' });
  });
});

it('a job of another tenant is as unknown as one that never was', async () => {
  const [foreign, unknown] = await Promise.all(
    [cancelled('another'), cancel('nothing', TENANT, service.ports)].map((call) => call.catch((cause) => cause)),
  );
  expect({ ...foreign, message: foreign.message }).toEqual({ ...unknown, message: unknown.message });
  expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
  expect(row()).toMatchObject({ status: 'queued' });
});

function never(): never {
  throw new Error('must not be made');
}
