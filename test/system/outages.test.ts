import { describe, expect, it } from 'vitest';
import { NO_FAULTS, type Outage, type Scenario } from './simulator/scenario.ts';
import { type Result, simulate } from './simulator/simulate.ts';
import { ONE } from './stories.ts';

const MINUTE = 60;
const HOUR = 3_600;

const SERVICES = {
  'the table': /^jobs\./,
  'the queue': /^queue\./,
  'the bucket': /^(reports|requests)\./,
  'the idempotency table': /^once\./,
  'all of them': /./,
} as const;
const LENGTHS = { '15 s': 15, 'a minute': MINUTE, 'ten minutes': 10 * MINUTE, 'an hour': HOUR } as const;

/** A job every 30 s, each of which takes a worker a minute: two of six workers are busy, and jobs are open at any time. */
const BUSY: Scenario = {
  ...ONE,
  jobs: 60,
  stormSeconds: 30 * MINUTE,
  workers: 6,
  rows: [8, 8],
  rowMilliseconds: [7_400, 7_400],
  large: 0.3,
  // A client comes again every 12 s, for as long as the longest outage lasts.
  tries: 400,
};

async function liveThrough(scenario: Scenario, outages: readonly Outage[]): Promise<Result> {
  const last = Math.max(...outages.map(({ from, seconds }) => from + seconds));
  return simulate({ ...scenario, outages, stormSeconds: Math.max(scenario.stormSeconds, last) });
}

/** Every job is done, with one file, and no try was used up but by what an outage made look like a death. */
function expectAllDone({ problems, summary, world }: Result): void {
  expect(problems).toEqual([]);
  expect(summary).toMatchObject({ error: 0, lost: 0, unexpected: 0, duplicated: 0 });
  expect(summary.done).toBe(world.table.rows.size);
}

describe('an outage', () => {
  describe.each(Object.entries(SERVICES))('of %s', (_, operations) => {
    it.each(Object.entries(LENGTHS))(
      'for %s ends no job, and nothing is made twice',
      { timeout: 120_000 },
      async (_, seconds) => {
        const result = await liveThrough(BUSY, [{ operations, kind: 'refused', from: 10 * MINUTE, seconds }]);
        expect(result.summary.accepted).toBe(BUSY.jobs);
        expectAllDone(result);
      },
    );
  });

  describe.each(Object.entries(SERVICES))(
    'in which %s carries out what it is told and does not answer',
    (_, operations) => {
      it.each([
        ['15 s', 15],
        ['a minute', MINUTE],
        ['ten minutes', 10 * MINUTE],
      ])('for %s, neither', { timeout: 120_000 }, async (_, seconds) => {
        expectAllDone(await liveThrough(BUSY, [{ operations, kind: 'lostReply', from: 10 * MINUTE, seconds }]));
      });
    },
  );

  it('that comes again and again, of one service after the other, ends no job', { timeout: 120_000 }, async () => {
    const services = [SERVICES['the bucket'], SERVICES['the idempotency table'], SERVICES['the queue']];
    const outages = Array.from({ length: 30 }, (_, i) => ({
      operations: services[i % 3] as RegExp,
      kind: 'refused' as const,
      from: (5 + 4 * i) * MINUTE,
      seconds: 90,
    }));
    expectAllDone(await liveThrough(BUSY, outages));
  });

  it('beside workers that are killed costs only their own tries', { timeout: 120_000 }, async () => {
    const faults = { ...NO_FAULTS, crash: 0.002, duplicate: 0.2, vanish: 0.1 };
    const outages = [
      { operations: SERVICES['the bucket'], kind: 'refused', from: 10 * MINUTE, seconds: 10 * MINUTE } as const,
    ];
    const { problems, summary } = await liveThrough({ ...BUSY, faults }, outages);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ error: 0, lost: 0, duplicated: 0 });
  });
});

describe('an outage that meets a backlog of 350 jobs', () => {
  const backlog: Scenario = { ...BUSY, large: 0, jobs: 720, stormSeconds: HOUR };

  it.each([
    ['15 s', 15],
    ['30 s', 30],
    ['a minute', MINUTE],
    ['ten minutes', 10 * MINUTE],
  ])('for %s ends no job', { timeout: 240_000 }, async (_, seconds) => {
    const operations = SERVICES['the bucket'];
    const result = await liveThrough(backlog, [{ operations, kind: 'refused', from: 50 * MINUTE, seconds }]);
    expectAllDone(result);
    expect(result.world.table.all().every((job) => job.tries === 1)).toBe(true);
  });
});

describe('a service that is slow', () => {
  it('makes no job too large, however long the bucket takes', { timeout: 120_000 }, async () => {
    const slow = [{ operations: SERVICES['the bucket'], takes: [20, 80] as const, from: 0, seconds: 30 * MINUTE }];
    expectAllDone(await simulate({ ...BUSY, slow }));
  });
});

describe('a renderer that keeps the thread for itself until hardly any time is left', () => {
  it('ends its job as too large at the first attempt, by its own hand', async () => {
    const scenario = { ...ONE, jobs: 20, stormSeconds: 10 * MINUTE, workers: 20, hopeless: 1 };
    const { problems, world } = await simulate(scenario);
    expect(problems).toEqual([]);
    const hogs = world.posts
      .filter(({ behaviour }) => behaviour === 'hogs')
      .map(({ accepted }) => accepted[0]?.id ?? '');
    expect(hogs.length).toBeGreaterThan(0);
    for (const id of hogs) {
      expect(world.table.get(id)).toMatchObject({ status: 'error', attempt: 1, error: { code: 'TOO_LARGE' } });
    }
  });
});
