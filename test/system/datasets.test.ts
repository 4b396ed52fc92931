import { describe, expect, it } from 'vitest';
import { datasetKey } from '../../lambdas/domain/dataset.ts';
import type { Party } from './simulator/party.ts';
import { simulate } from './simulator/simulate.ts';
import type { World } from './simulator/world.ts';
import { ONE } from './stories.ts';

/** One job over uploaded rows, whose file something happens to right before the nth read of it. */
async function atRead(nth: number, act: (world: World, key: string) => void) {
  let reads = 0;
  const { world, problems } = await simulate({ ...ONE, uploads: 1 }, (before) => {
    before.beforeEffect = (operation: string, _: Party) => {
      if (operation !== 'datasets.read') return;
      reads += 1;
      const key = [...before.bucket.objects.keys()].find((each) => each.startsWith('datasets/'));
      if (reads === nth && key !== undefined) act(before, key);
    };
  });
  expect(problems).toEqual([]);
  const [job] = world.table.all();
  return { job, reads, reports: [...world.bucket.objects.keys()].filter((key) => key.startsWith('reports/')) };
}

describe('R15: a dataset that is replaced after its request was accepted', () => {
  it('never becomes a report, at whichever read that happens', async () => {
    const { reads } = await atRead(0, () => {});
    expect(reads).toBeGreaterThan(3);
    for (let nth = 1; nth <= reads; nth += 1) {
      const { job, reports } = await atRead(nth, ({ bucket }, key) => {
        const object = bucket.objects.get(key);
        if (object !== undefined) bucket.put(key, { ...object, bytes: Buffer.from(`${object.bytes}9,other\n`) });
      });
      expect(job, `replaced at read ${nth}`).toMatchObject({ status: 'error', error: { code: 'DATASET_CHANGED' } });
      expect(reports).toEqual([]);
    }
  });

  it('by nothing ends as gone', async () => {
    const { job, reports } = await atRead(2, ({ bucket }, key) => void bucket.objects.delete(key));
    expect(job).toMatchObject({ status: 'error', error: { code: 'DATASET_GONE' } });
    expect(reports).toEqual([]);
  });
});

describe('R14: a dataset whose bytes end before they should', () => {
  it('is read again, and never becomes a short report', async () => {
    const readAgain: unknown[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const faults = { ...ONE.faults, cutShort: 0.2 };
      const { world, problems } = await simulate({ ...ONE, uploads: 1, faults, seed });
      expect(problems).toEqual([]);
      const [job] = world.table.all();
      if (job?.status === 'done') expect(job).toMatchObject({ report: { rows: 8 } });
      else expect(job).toMatchObject({ status: 'error', error: { code: 'DATASET_INTERRUPTED', retryable: true } });
      if (job?.status === 'done' && job.attempt > 1) readAgain.push(job.id);
    }
    expect(readAgain).not.toEqual([]);
  });

  it('at every attempt ends in an error that may be tried again', async () => {
    const faults = { ...ONE.faults, cutShort: 1 };
    const { world, problems } = await simulate({ ...ONE, uploads: 1, stormSeconds: 7200, faults });
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([
      { status: 'error', error: { code: 'DATASET_INTERRUPTED', retryable: true } },
    ]);
  });
});

it('the folder of a tenant is not the folder of another one', () => {
  expect(datasetKey('a', 'x')).not.toBe(datasetKey('b', 'x'));
});
