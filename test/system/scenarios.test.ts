import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reportKey } from '../../lambdas/domain/keys.ts';
import { replay } from './cli/table.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { simulate } from './simulator/simulate.ts';
import { add, type Summary } from './simulator/summary.ts';

const FIXED = Array.from({ length: 20 }, (_, i) => i + 1);
const RANDOM = Array.from({ length: 20 }, () => randomInt(1_000, 2 ** 31));

/** @returns the sum of all runs; fails with the command that shows the run again. */
async function runAll(name: ScenarioName, seeds: readonly number[]): Promise<Summary> {
  let total: Summary | undefined;
  for (const seed of seeds) {
    const { problems, summary } = await simulate({ ...SCENARIOS[name], seed });
    expect(problems, replay(name, seed)).toEqual([]);
    total = total === undefined ? summary : add(total, summary);
  }
  if (total === undefined) throw new Error('no seeds');
  return total;
}

describe('nothing is lost and nothing is made twice', () => {
  it.each(Object.keys(SCENARIOS) as ScenarioName[])('in %s, under forty seeds', { timeout: 120_000 }, async (name) => {
    const summary = await runAll(name, [...FIXED, ...RANDOM]);
    expect(summary).toMatchObject({ lost: 0, unexpected: 0, duplicated: 0 });
    expect(summary.done).toBeGreaterThan(0);
  });
});

it('the same seed gives the same run, step by step', async () => {
  const scenario = { ...SCENARIOS.storm, seed: 7, trace: true };
  const [first, second] = [await simulate(scenario), await simulate(scenario)];
  expect(first.world.trace.length).toBeGreaterThan(100);
  expect(second.world.trace).toEqual(first.world.trace);
});

it('in calm every request is done with one message and one run', async () => {
  const { accepted, done, messages, runs } = await runAll('calm', FIXED);
  expect({ done, messages, runs }).toEqual({ done: accepted, messages: accepted, runs: accepted });
});

it.each([265, 315])(
  'a file that arrives after its worker has cleared up is taken away in the end, seed %i',
  async (seed) => {
    const scenario = SCENARIOS['clocks wrong by five minutes'];
    const { world, problems } = await simulate({ ...scenario, seed, trace: true });
    expect(problems).toEqual([]);
    const cancelled = world.table.all().filter(({ status }) => status === 'cancelled');
    // It was published, more than once taken back in vain, and does not stand.
    const published = cancelled.filter((job) => world.bucket.written.has(reportKey(job)));
    expect(published.length).toBeGreaterThan(0);
    expect(published.filter((job) => world.bucket.objects.has(reportKey(job)))).toEqual([]);
  },
);
