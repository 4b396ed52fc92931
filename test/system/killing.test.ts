import { describe, expect, it } from 'vitest';
import { insist, newPost } from './simulator/clients.ts';
import type { Result } from './simulator/simulate.ts';
import { simulate } from './simulator/simulate.ts';
import { atEveryWay, ONE, told } from './stories.ts';

const done = ({ problems, summary }: Result, which: string) => {
  expect(problems, which).toEqual([]);
  expect(summary, which).toMatchObject({ accepted: 1, done: 1, error: 0, lost: 0, duplicated: 0 });
};

describe('R6: a worker that is killed, at any await', () => {
  it('leaves a job that the next one finishes', async () => {
    const ways = await atEveryWay(
      'worker-1',
      (mark) => ({ ...ONE, kills: [mark] }),
      (run, mark) => done(run, told(mark)),
    );
    expect(ways).toBeGreaterThanOrEqual(20);
  });

  it('leaves such a job also when the next one is killed too, at any await', { timeout: 120_000 }, async () => {
    for (let first = 1; first <= 20; first += 1) {
      const kill = { actor: 'worker-1', at: first };
      await atEveryWay(
        'worker-2',
        (mark) => ({ ...ONE, kills: [kill, mark] }),
        (run, mark) => done(run, `${told(kill)}, ${told(mark)}`),
      );
    }
  });

  it('after its commit leaves a file that is told, not made again', async () => {
    for (const killed of [['worker-1'], ['worker-1', 'worker-2', 'worker-3']]) {
      let commits = 0;
      const { problems, world } = await simulate({ ...ONE, stormSeconds: 1_400 }, (arranged) => {
        arranged.beforeEffect = (operation, party) => {
          if (operation === 'reports.complete') commits += 1;
          if (operation === 'once.complete' && killed.includes(party.name)) party.die('killed after its commit');
        };
      });
      expect(problems).toEqual([]);
      expect(world.table.all()).toMatchObject([{ status: 'done' }]);
      expect(commits).toBe(1);
    }
  });

  it('at its last attempt, after its commit, is found out by the sweeper, which ends the job as done', async () => {
    const { problems, world } = await simulate({ ...ONE, stormSeconds: 1_400 }, (arranged) => {
      arranged.beforeEffect = (operation, party) => {
        const isEarly = operation === 'jobs.stage' && party.name !== 'worker-3';
        if (isEarly || operation === 'once.complete') party.die('killed');
      };
    });
    expect(problems).toEqual([]);
    expect(world.table.history.at(-1)).toMatchObject({ name: 'rescueDone', after: { status: 'done' } });
  });

  it('ends its job with a reason when no attempt is left', async () => {
    const kills = [1, 2, 3].map((n) => ({ actor: `worker-${n}`, at: 6 }));
    const { problems, world } = await simulate({ ...ONE, stormSeconds: 1_400, kills });
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'error', attempt: 3, error: { code: 'WORKER_LOST' } }]);
  });
});

describe('R9: a zombie, which stops for longer than its lease and goes on', () => {
  const asleep = { seconds: 700 };

  it('finds that another attempt has won, wherever it stopped', async () => {
    const ways = await atEveryWay(
      'worker-1',
      (mark) => ({ ...ONE, freezes: [{ ...mark, ...asleep }] }),
      (run, mark) => done(run, told(mark)),
    );
    expect(ways).toBeGreaterThanOrEqual(20);
  });

  it('does no harm when the attempt that took over is killed, and a third has to come', {
    timeout: 120_000,
  }, async () => {
    for (let at = 1; at <= 24; at += 1) {
      const zombie = { actor: 'worker-1', at, ...asleep };
      await atEveryWay(
        'worker-2',
        (mark) => ({ ...ONE, freezes: [zombie], kills: [mark] }),
        (run, mark) => done(run, `${told(zombie)}, ${told(mark)}`),
      );
    }
  });

  it('of an older generation changes nothing in a younger one', { timeout: 60_000 }, async () => {
    // Its own lease and those of two that are killed run out; the job ends, an operator opens it anew, and then it wakes.
    const kills = [2, 3].map((n) => ({ actor: `worker-${n}`, at: 6 }));
    const young = { ...ONE, jobs: 0, stormSeconds: 1_500, rowMilliseconds: [14_000, 14_000] as const, kills };
    for (let at = 2; at <= 24; at += 1) {
      const freezes = [{ actor: 'worker-1', at, seconds: 1_330 }];
      const { problems, world } = await simulate({ ...young, freezes }, (arranged, service) => {
        insist(arranged, service, newPost(arranged, 'key'), 1);
        arranged.onError = (id) => arranged.timeline.after(1_000, () => void service.redrive(id));
      });
      expect(problems, `asleep at ${at}`).toEqual([]);
      expect(world.table.all(), `asleep at ${at}`).toMatchObject([{ status: 'done' }]);
    }
  });
});
