import { beforeEach, describe, expect, it } from 'vitest';
import { datasetSchema } from '../../../lambdas/domain/answers.ts';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { lookUp } from '../../../lambdas/functions/datasets/look-up.ts';
import { MemoryService, TENANT } from '../../support/memory/service.ts';
import { SETTINGS } from '../../support/settings.ts';

let service: MemoryService;
beforeEach(() => {
  service = new MemoryService();
});

const look = (id: string, tenant = TENANT) => lookUp(id, tenant, service.ports, SETTINGS);

describe('a dataset', () => {
  it('is awaited until it has arrived, and then has a size', async () => {
    const id = randomJobId(service.clock.now());
    const awaited = await look(id);
    expect(awaited).toMatchObject({ id, status: 'awaited', sizeBytes: null, uploadedAt: null });
    service.clock.advance(60);
    service.upload('a\n1\n', id);
    const uploaded = await look(id);
    expect(uploaded).toMatchObject({ status: 'uploaded', sizeBytes: 4 });
    for (const view of [awaited, uploaded]) expect(datasetSchema.parse(view)).toEqual(view);
  });

  it('that never came is unknown when its link has ended', async () => {
    const id = randomJobId(service.clock.now());
    service.clock.advance(SETTINGS.link);
    await expect(look(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is awaited up to the last moment of its link, and not before it was given out', async () => {
    const id = randomJobId(service.clock.now());
    service.clock.advance(SETTINGS.link - 0.001);
    expect(await look(id)).toMatchObject({ status: 'awaited', uploadedAt: null });
    const later = randomJobId(service.clock.now() + 1);
    await expect(look(later)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is kept up to the last moment, and told when it came and when it goes', async () => {
    const since = service.clock.now();
    const id = service.upload('a\n1\n');
    service.clock.advance(SETTINGS.datasetRetention - 0.001);
    expect(await look(id)).toMatchObject({
      uploadedAt: new Date(since).toISOString(),
      expiresAt: new Date(since + SETTINGS.datasetRetention * 1000).toISOString(),
    });
  });

  it('that expired is unknown, even while its file still stands', async () => {
    const id = service.upload('a\n1\n');
    service.clock.advance(SETTINGS.datasetRetention);
    await expect(look(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of another tenant is answered like one of the own that never came', async () => {
    const id = service.upload('a\n1\n');
    expect(await look(id, 'other')).toMatchObject({ status: 'awaited', sizeBytes: null });
    service.clock.advance(SETTINGS.link);
    await expect(look(id, 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['', 'x', '../reports/x', 'a'.repeat(26)])('with the id "%s" is unknown, and nobody is asked', async (id) => {
    service.faults.before('datasets.inspect', () => {
      throw new Error('was asked');
    });
    await expect(look(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
