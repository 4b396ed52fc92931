import { beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../lambdas/domain/failures.ts';
import type { Job } from '../../lambdas/domain/job.ts';
import { reportKey } from '../../lambdas/domain/keys.ts';
import { parseRedrive } from '../../lambdas/domain/redrive-request.ts';
import { redrive } from '../../lambdas/rescue/redrive.ts';
import { lineRenderer } from '../support/line-renderer.ts';
import { MemoryService, request, TENANT } from '../support/memory/service.ts';
import { SETTINGS } from '../support/settings.ts';

let service: MemoryService;
let id: string;
beforeEach(() => {
  service = new MemoryService();
});

const row = () => service.table.get(id) as Job;
const redriven = (generation?: number, tenant = TENANT) => redrive({ id, tenant, generation }, service.ports, SETTINGS);
const sent = () => [...service.queue.messages.values()].map(({ body }) => JSON.parse(body));

/** A job that has ended as error at its first attempt. */
async function fail(json: object = request(), key?: string): Promise<void> {
  id = (await service.post(json, key)).job.id;
  await failAgain();
}

async function failAgain(): Promise<void> {
  const render = async () => {
    throw new PermanentFailure('TOO_LARGE', 'The report has too many pages.');
  };
  service.renderer = { ...lineRenderer(), render };
  await service.deliver();
  expect(row()).toMatchObject({ status: 'error' });
  service.renderer = lineRenderer();
}

describe('a job that ended as error', () => {
  it('is opened again, as its next generation, and made', async () => {
    await fail(request({ callbackUrl: 'https://receiver.example/' }));
    service.clock.advance(3600);
    const expiresAt = Math.floor(service.clock.now() / 1000) + SETTINGS.jobRetention;
    expect(await redriven()).toMatchObject({ status: 'queued', generation: 2, attempt: 0, tries: 0, expiresAt });
    expect(row()).not.toHaveProperty('callbackState');
    expect(sent()).toEqual([{ jobId: id, generation: 2 }]);
    expect(await service.deliver()).toBe('acknowledge');
    expect(row()).toMatchObject({ status: 'done', generation: 2, attempt: 1 });
    expect(service.reports()).toEqual([reportKey(row())]);
  });

  it('is opened again although its message cannot be sent: the sweeper sends', async () => {
    await fail();
    service.faults.refuse('queue.send');
    await redriven();
    expect(sent()).toEqual([]);
    service.clock.advance(SETTINGS.unsentGrace);
    expect(await service.sweep()).toEqual({ sent: 1 });
  });

  it('is opened once, however often that is asked for at once', async () => {
    await fail();
    const answers = await Promise.all([redriven(), redriven(1), redriven()]);
    expect(answers.map(({ generation }) => generation)).toEqual([2, 2, 2]);
    expect(service.writesOf(id).filter((name) => name === 'redrive')).toHaveLength(1);
  });

  it('is opened once also when the reply is lost', async () => {
    await fail();
    service.faults.loseReply('jobs.redrive');
    await expect(redriven()).rejects.toThrow();
    expect(await redriven()).toMatchObject({ status: 'queued', generation: 2 });
    service.clock.advance(SETTINGS.unsentGrace);
    expect(await service.sweep()).toEqual({ sent: 1 });
  });

  it('and failed again is left alone by who means its first generation', async () => {
    await fail();
    await redriven(1);
    await failAgain();
    expect(await redriven(1)).toMatchObject({ status: 'error', generation: 2 });
    expect(await redriven(2)).toMatchObject({ status: 'queued', generation: 3 });
  });

  it('is not opened for a generation that it does not have', async () => {
    await fail();
    const refusal = { code: 'INVALID_REQUEST', faults: [{ pointer: '/generation', code: 'INVALID_VALUE' }] };
    await expect(redriven(7)).rejects.toMatchObject(refusal);
    expect(row()).toMatchObject({ status: 'error', generation: 1 });
  });
});

describe('what a job is made of', () => {
  it('must be there: its request', async () => {
    await fail(request({}, 2_000));
    service.bucket.objects.clear();
    await expect(redriven()).rejects.toMatchObject({ code: 'REQUEST_GONE' });
    expect(row()).toMatchObject({ status: 'error', generation: 1 });
  });

  it.each(['removed', 'replaced'])('must be there as it was: a dataset that is not %s', async (how) => {
    const dataset = service.upload('region,total\nNorth,1\n');
    await fail(request({ rows: undefined, dataset: { id: dataset, format: 'csv' } }));
    if (how === 'removed') service.bucket.objects.clear();
    else service.upload('region,total\nSouth,2\n', dataset);
    await expect(redriven()).rejects.toMatchObject({ code: 'DATASET_GONE', message: expect.stringContaining(dataset) });
    expect(row()).toMatchObject({ status: 'error', generation: 1 });
  });

  it('that is all there is used again', async () => {
    const dataset = service.upload('region,total\nNorth,1\n');
    await fail(request({ rows: undefined, dataset: { id: dataset, format: 'csv' } }));
    await redriven();
    await service.deliver();
    expect(row()).toMatchObject({ status: 'done', report: { rows: 1 } });
  });
});

describe('a job that is not in error', () => {
  it.each(['queued', 'done', 'cancelled'])('because it is %s is refused', async (status) => {
    id = (await service.post(request())).job.id;
    if (status === 'done') await service.deliver();
    if (status === 'cancelled') {
      const { cancel } = await import('../../lambdas/functions/cancel/cancel.ts');
      await cancel(id, TENANT, service.ports);
    }
    await expect(redriven()).rejects.toMatchObject({ code: 'NOT_FAILED', message: expect.stringContaining(status) });
  });

  it("because it is another tenant's is as unknown as one that never was", async () => {
    await fail();
    const foreign = await redriven(undefined, 'another').catch((cause) => cause);
    const unknown = await redrive({ id: 'nothing', tenant: TENANT }, service.ports, SETTINGS).catch((cause) => cause);
    expect({ ...foreign, message: foreign.message }).toEqual({ ...unknown, message: unknown.message });
    expect(row()).toMatchObject({ status: 'error', generation: 1 });
  });
});

describe('the body of a redrive', () => {
  it('may be missing, and may name a generation', () => {
    expect([parseRedrive(undefined), parseRedrive({}), parseRedrive({ generation: 3 })]).toEqual([
      {},
      {},
      { generation: 3 },
    ]);
  });

  it.each([
    [{ generation: 0 }, '/generation', 'INVALID_VALUE'],
    [{ generation: '1' }, '/generation', 'INVALID_VALUE'],
    [{ force: true }, '/force', 'UNKNOWN_MEMBER'],
    [[], '', 'INVALID_VALUE'],
  ])('is refused at its place: %j', (json, pointer, code) => {
    expect(() => parseRedrive(json)).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer, code })] }),
    );
  });
});
