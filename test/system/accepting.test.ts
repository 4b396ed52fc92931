import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../support/settings.ts';
import { NO_FAULTS } from './simulator/scenario.ts';
import { simulate } from './simulator/simulate.ts';
import { atEveryWay, ONE, told } from './stories.ts';

describe('R1: a POST whose function is killed, at any await', () => {
  it('is posted again under its key and done once', async () => {
    const ways = await atEveryWay(
      'enqueue-1',
      (mark) => ({ ...ONE, kills: [mark] }),
      ({ problems, summary }, mark) => {
        expect(problems, told(mark)).toEqual([]);
        expect(summary, told(mark)).toMatchObject({ accepted: 1, done: 1, error: 0, lost: 0, unexpected: 0 });
      },
    );
    expect(ways).toBe(6);
  });

  it('is taken up within two rounds of the sweeper when its row stands and the client does not come back', async () => {
    const grace = (SETTINGS.unsentGrace + 2 * SETTINGS.sweepInterval) * 1000;
    await atEveryWay(
      'enqueue-1',
      (mark) => ({ ...ONE, tries: 1, kills: [mark] }),
      ({ problems, world }, mark) => {
        expect(problems, told(mark)).toEqual([]);
        for (const { id, at } of world.table.history.filter(({ name }) => name === 'create')) {
          const claimed = world.table.history.find((write) => write.name === 'claim' && write.id === id);
          expect((claimed?.at ?? Number.POSITIVE_INFINITY) - at, told(mark)).toBeLessThan(grace);
        }
      },
    );
  });
});

describe('R2: a queue that takes no message for ten minutes', () => {
  it('loses nobody: every 202 is honoured, every job is sent for, and all are done', async () => {
    const outage = { operations: /^queue\.send$/, kind: 'refused' } as const;
    const { problems, summary, world } = await simulate({ ...ONE, jobs: 30, stormSeconds: 600, outage });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ accepted: 30, done: 30, lost: 0 });
    for (const { id } of world.table.all()) expect(world.witness.sends.get(id)).toBeGreaterThanOrEqual(1);
    const lastClaim = Math.max(...world.table.history.map(({ name, at }) => (name === 'claim' ? at : 0)));
    expect(lastClaim - world.stormEndsAt).toBeLessThan(2 * SETTINGS.sweepInterval * 1000);
  });
});

describe('R4: a put that succeeds and whose reply is dropped', () => {
  it('is answered with 202 and its id when the SDK puts again', async () => {
    const script = (_actor: string, operation: string) => (operation === 'jobs.create' ? 'doubled' : undefined);
    const { problems, summary, world } = await simulate({ ...ONE, script });
    expect(problems).toEqual([]);
    expect(world.posts[0]?.refusals).toEqual([]);
    expect(summary).toMatchObject({ accepted: 1, done: 1, messages: 1 });
    // It is sent for at once, not by the sweeper.
    const [created, claimed] = ['create', 'claim'].map((name) => world.table.history.find((w) => w.name === name)?.at);
    expect((claimed ?? Number.POSITIVE_INFINITY) - (created ?? 0)).toBeLessThan(5_000);
  });

  it('is answered with the same id when the client posts again', async () => {
    const script = (actor: string, operation: string) =>
      actor === 'enqueue-1' && operation === 'jobs.create' ? 'lostReply' : undefined;
    const { problems, summary, world } = await simulate({ ...ONE, script });
    expect(problems).toEqual([]);
    expect(world.posts[0]?.accepted).toHaveLength(1);
    expect(summary).toMatchObject({ accepted: 1, done: 1, unexpected: 0 });
  });

  it('costs one message however often it is put', async () => {
    const faults = { ...NO_FAULTS, doubled: 1 };
    const { problems, summary } = await simulate({ ...ONE, jobs: 5, faults });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ accepted: 5, done: 5, duplicated: 0 });
  });
});
