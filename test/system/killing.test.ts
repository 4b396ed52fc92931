import { describe, expect, it } from 'vitest';
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
});
