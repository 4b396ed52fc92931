import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkModel } from './model/run.ts';

const FIXED_SEED = 20_260_105;
const RANDOM_SEED = randomInt(2 ** 31);
const RUNS = 5_000;

/** Every write of `transitions.ts`, and the row's creation. */
const WRITES = [
  ...['create', 'markSent', 'sendFailed', 'claim', 'heartbeat', 'stage', 'giveBack', 'giveBackUncounted'],
  ...['finishDone', 'finishValidated', 'finishError', 'rescueError', 'rescueDone', 'redrive'],
  ...['cancelQueued', 'requestCancel', 'finishCancelled', 'rescueCancelled', 'markCleared'],
];

describe('R18: no interleaving of posts, deliveries, kills, faults, time, sweeps, dead letters, cancels and redrives breaks an invariant', () => {
  it(`in ${RUNS} runs from a fixed seed, which come through every transition`, { timeout: 240_000 }, async () => {
    const seen = new Set<string>();
    const wrong = await checkModel({ seed: FIXED_SEED, runs: RUNS }, ({ table }) => {
      for (const { name } of table.history) seen.add(name);
    });
    expect(wrong).toBeUndefined();
    expect([...seen].sort()).toEqual([...WRITES].sort());
  });

  it(`in ${RUNS} runs from the random seed ${RANDOM_SEED}`, { timeout: 240_000 }, async () => {
    expect(await checkModel({ seed: RANDOM_SEED, runs: RUNS })).toBeUndefined();
  });
});
