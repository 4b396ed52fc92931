// Longer than a file should be: every way in which an attempt can end.
import { beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure, RetryableFailure } from '../../../lambdas/domain/failures.ts';
import type { Job } from '../../../lambdas/domain/job.ts';
import { reportKey } from '../../../lambdas/domain/keys.ts';
import type { Renderer } from '../../../lambdas/domain/rendering.ts';
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

/** Does something before it writes each row. */
function interrupted(step: () => Promise<void>): Renderer {
  return lineRenderer(async () => {
    await step();
    return 'write';
  });
}

/** Throws instead of rendering, so many times. */
function failing(error: Error, times = Number.POSITIVE_INFINITY): Renderer {
  const real = lineRenderer();
  let left = times;
  const render: Renderer['render'] = async (...call) => {
    left -= 1;
    if (left >= 0) throw error;
    return real.render(...call);
  };
  return { ...real, render };
}

/** Delivers and lets the back-off pass until the queue has nothing more to give. */
async function deliverAll(): Promise<void> {
  for (let i = 0; i < 20 && service.queue.messages.size > 0; i += 1) {
    service.clock.advance(1_000);
    await service.deliver();
  }
}

describe('a delivery', () => {
  it('makes the file, ends the job and takes the message away', async () => {
    expect(await service.deliver()).toBe('acknowledge');
    const job = row();
    expect(job).toMatchObject({ status: 'done', attempt: 1, report: { rows: 2, warnings: [] } });
    expect(service.writesOf(id)).toEqual(['create', 'markSent', 'claim', 'stage', 'finishDone']);
    const object = service.bucket.objects.get(reportKey(job));
    expect(object?.bytes.byteLength).toBe(job.status === 'done' && job.report?.sizeBytes);
    expect(service.queue.messages.size).toBe(0);
  });

  it('takes the row out of the sweep index with its end', async () => {
    await service.deliver();
    for (const attribute of ['sweepShard', 'sweepAt', 'leaseUntil', 'claimedBy', 'staged', 'progress']) {
      expect(row()).not.toHaveProperty(attribute);
    }
  });

  it('that comes twice does nothing the second time', async () => {
    service.queue.send(JSON.stringify({ jobId: id, generation: 1 }));
    await service.deliver();
    const before = row();
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toEqual(before);
    expect([...service.bucket.written.values()]).toEqual([1]);
  });

  it('of a job that another worker holds is acknowledged, so that it burns no receives', async () => {
    service.queue.send(JSON.stringify({ jobId: id, generation: 1 }));
    service.renderer = interrupted(async () => {
      if (service.queue.visible().length > 0) expect(await service.deliver()).toBe('acknowledge');
    });
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', attempt: 1 });
  });

  it('of another generation, or of no job at all, is acknowledged and changes nothing', async () => {
    const before = row();
    for (const body of [
      { jobId: id, generation: 2 },
      { jobId: 'x', generation: 1 },
    ]) {
      const message = service.queue.send(JSON.stringify(body));
      expect(await service.handle(service.queue.receive(message) as never)).toBe('acknowledge');
    }
    expect(row()).toEqual(before);
  });

  it('that is none of ours goes the shortest way to the dead-letter queue', async () => {
    const junk = service.queue.send('junk');
    for (let i = 0; i < 6; i += 1) {
      const received = service.queue.receive(junk);
      if (received) expect(await service.handle(received)).toBe('return');
    }
    expect([...service.deadLetters.messages.values()].map(({ body }) => body)).toEqual(['junk']);
    expect(service.clock.now()).toBe(Date.parse(row().createdAt));
  });
});

describe('a failure that may heal', () => {
  it('gives the attempt back and brings the message again after the back-off', async () => {
    service.renderer = failing(new RetryableFailure('UPLOAD_REFUSED', 'The bucket was busy.'), 1);
    expect(await service.deliver()).toBe('return');
    expect(row()).toMatchObject({
      status: 'processing',
      attempt: 1,
      leaseUntil: 0,
      lastFailure: { code: 'UPLOAD_REFUSED' },
    });
    expect(await service.deliver()).toBeUndefined();
    service.clock.advance(5);
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', attempt: 2 });
  });

  it('leaves nothing in the bucket, and no lock', async () => {
    service.renderer = failing(new Error('down'), 1);
    await service.deliver();
    expect(service.bucket.objects.size + service.bucket.uploads.size + service.locks.records.size).toBe(0);
  });

  it('at the last attempt ends the job with its reason', async () => {
    service.renderer = failing(new RetryableFailure('UPLOAD_REFUSED', 'The bucket was busy.'));
    await deliverAll();
    const error = { code: 'UPLOAD_REFUSED', detail: 'The bucket was busy.', retryable: true };
    expect(row()).toMatchObject({ status: 'error', attempt: SETTINGS.maxAttempts, error });
    expect(service.deadLetters.messages.size).toBe(0);
  });

  it('that nobody named is told without its message, which may hold anything', async () => {
    service.renderer = failing(new Error('row 7: Alice, 4111 1111 1111 1111'));
    await deliverAll();
    expect(row()).toMatchObject({ status: 'error', error: { code: 'INTERNAL', retryable: true } });
    expect(JSON.stringify(row())).not.toMatch(/Alice|4111 1111/);
  });

  it('in the claim itself brings the message back', async () => {
    service.faults.refuse('jobs.claim');
    expect(await service.deliver()).toBe('return');
    service.clock.advance(SETTINGS.backoffBase);
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', attempt: 1 });
  });

  it('in the way back of the message leaves it to the visibility timeout', async () => {
    service.renderer = failing(new Error('down'), 1);
    service.faults.refuse('queue.return');
    expect(await service.deliver()).toBe('return');
    service.clock.advance(1_799);
    expect(await service.deliver()).toBeUndefined();
    service.clock.advance(1);
    expect(await service.deliver()).toBe('acknowledge');
  });
});

describe('a failure that never heals', () => {
  it('ends the job at its first attempt, with its code and its sentence', async () => {
    service.renderer = failing(new PermanentFailure('TOO_LARGE', 'The report has too many pages.'));
    expect(await service.deliver()).toBe('acknowledge');
    const error = { code: 'TOO_LARGE', detail: 'The report has too many pages.', retryable: false };
    expect(row()).toMatchObject({ status: 'error', attempt: 1, error });
  });

  it('is a renderer that wrote fewer rows than there are', async () => {
    const real = lineRenderer();
    service.renderer = { ...real, render: async (...call) => ({ ...(await real.render(...call)), rows: 1 }) };
    await service.deliver();
    expect(row()).toMatchObject({ status: 'error', error: { code: 'ROWS_MISCOUNTED' } });
    expect(service.bucket.objects.size).toBe(0);
  });

  it('is a stored request that is not there', async () => {
    id = (await service.post(request({}, 1_000))).job.id;
    service.bucket.objects.clear();
    await deliverAll();
    expect(row()).toMatchObject({ status: 'error', attempt: 1, error: { code: 'REQUEST_LOST' } });
  });

  it('is the end of the time that the invocation has', async () => {
    const deadline = new AbortController();
    service.renderer = interrupted(async () => {
      deadline.abort(new PermanentFailure('TOO_LARGE', 'The report could not be made within the time limit.'));
    });
    await service.deliver(deadline.signal);
    expect(row()).toMatchObject({ status: 'error', error: { code: 'TOO_LARGE', retryable: false } });
    expect(service.bucket.objects.size + service.bucket.uploads.size).toBe(0);
  });
});

describe('a reply that is lost', () => {
  it.each(['jobs.claim', 'jobs.stage', 'jobs.finishDone', 'reports.put', 'reports.complete', 'once.complete'])(
    'to %s leaves one file and a job that is done',
    async (operation) => {
      // Rows enough for an upload of several parts, except where a single put is meant.
      id = (await service.post(request({}, operation === 'reports.put' ? 0 : 20))).job.id;
      service.faults.loseReply(operation);
      await deliverAll();
      expect(service.faults.calls).toContain(operation);
      expect(row()).toMatchObject({ status: 'done' });
      expect(service.bucket.written.get(reportKey(row()))).toBe(1);
    },
  );
});

describe('a worker that was overtaken', () => {
  /** While the first worker renders, its lease runs out, and another one takes the job over and finishes it. */
  async function overtake(): Promise<void> {
    service.locks.records.clear();
    service.renderer = lineRenderer();
    service.clock.advance(SETTINGS.lease + 1);
    const message = service.queue.send(JSON.stringify({ jobId: id, generation: 1 }));
    await service.handle(service.queue.receive(message) as never);
    expect(row()).toMatchObject({ status: 'done', attempt: 2 });
  }

  it.each(['jobs.stage', 'reports.put', 'jobs.finishDone'])(
    'before %s changes nothing any more, and takes its message away',
    async (operation) => {
      id = (await service.post(request({}, 0))).job.id;
      await service.deliver();
      let end: Job | undefined;
      service.faults.before(operation, async () => {
        await overtake();
        end = row();
      });
      expect(await service.deliver()).toBe('acknowledge');
      expect(row()).toEqual(end);
      expect(service.bucket.written.get(reportKey(row()))).toBe(1);
    },
  );

  it('stops rendering when its heartbeat is refused', async () => {
    id = (await service.post(request({}, 1_000))).job.id;
    await service.deliver();
    let rows = 0;
    service.renderer = interrupted(async () => {
      rows += 1;
      if (rows === 10) await overtake();
    });
    await service.deliver();
    expect(rows).toBeLessThan(600);
    expect(row()).toMatchObject({ status: 'done', attempt: 2 });
  });
});

describe('a job whose worker died', () => {
  /** Its message is hidden, its lease and its lock are held by nobody. */
  async function dieBefore(operation: string): Promise<void> {
    await service.dieBefore(operation);
    service.sendAgain(id);
  }

  it('before it published is made by the next attempt', async () => {
    await dieBefore('reports.put');
    // The header line of a report without rows is short enough for a single put.
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', attempt: 2 });
  });

  it('after it published ends with that very file, which is not made again', async () => {
    await dieBefore('once.complete');
    service.renderer = failing(new Error('must not render'));
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', attempt: 2, report: { rows: 2 } });
    expect([...service.bucket.written.values()]).toEqual([1]);
  });

  it('after Powertools remembered the outcome ends with it', async () => {
    await dieBefore('jobs.finishDone');
    service.renderer = failing(new Error('must not render'));
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', attempt: 2 });
  });
});

it('a lock that is still held gives the job back uncounted, until its holder cannot be alive any more', async () => {
  const held = { status: 'INPROGRESS', inProgressExpiry: service.clock.now() + 300_000, expiry: 1e12, data: undefined };
  service.locks.records.set(`${id}#1`, held as never);
  expect(await service.deliver()).toBe('acknowledge');
  const notBefore = service.clock.now() + SETTINGS.lease * 1000;
  expect(row()).toMatchObject({ status: 'processing', attempt: 1, tries: 0, leaseUntil: 0, notBefore });
  service.clock.advance(SETTINGS.lease);
  expect(await service.sweep()).toEqual({ sent: 1 });
  expect(await service.deliver()).toBe('acknowledge');
  expect(row()).toMatchObject({ status: 'done', attempt: 2, tries: 1 });
});

it('progress is told while a long report is made, and only forward', async () => {
  id = (await service.post(request({}, 2_000))).job.id;
  await service.deliver();
  service.renderer = interrupted(async () => service.clock.advance(0.01));
  await service.deliver();
  const told = service.table.history.filter(({ id: of, name }) => of === id && name === 'heartbeat');
  const rows = told.map(({ after }) => (after.status === 'processing' ? (after.progress?.rowsWritten ?? -1) : -1));
  expect(rows.length).toBeGreaterThan(3);
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
});
