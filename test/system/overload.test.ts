import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../support/settings.ts';
import { insist, newPost } from './simulator/clients.ts';
import { NO_FAULTS, type Scenario } from './simulator/scenario.ts';
import { simulate } from './simulator/simulate.ts';
import { ONE } from './stories.ts';

/** Six workers, each of which needs a minute for a job: 360 jobs an hour. */
const CAPACITY = { workers: 6, rows: [8, 8], rowMilliseconds: [7_400, 7_400] } as const;
const HOUR = 3_600;

/** For an hour, twice as many jobs arrive as the workers can do; then none. */
const OVERLOAD: Scenario = { ...ONE, ...CAPACITY, jobs: 720, stormSeconds: HOUR };

/** The last of 720 jobs is done two hours after the first came. */
const LONGEST_WAIT = 2 * HOUR;

/** The sweeper sends after 4, 8, and then every 12 minutes (`nextWait`), for as long as a job has not been taken. */
const MOST_MESSAGES = 1 + 2 + Math.ceil((LONGEST_WAIT - 3 * SETTINGS.queuedWait) / (3 * SETTINGS.queuedWait));

describe('an hour in which twice the capacity arrives', () => {
  it('drains, with one run a job, a bounded number of messages, and nobody who dies of age', {
    timeout: 120_000,
  }, async () => {
    const { problems, summary, world } = await simulate(OVERLOAD);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ accepted: 720, done: 720, error: 0, lost: 0, duplicated: 0 });
    expect(world.table.history.filter(({ name }) => name === 'claim')).toHaveLength(720);
    expect(Math.max(...world.witness.sends.values())).toBeLessThanOrEqual(MOST_MESSAGES);
    const finished = Math.max(...world.table.history.map(({ at }) => at)) - world.stormEndsAt;
    expect(finished).toBeLessThan(1.3 * HOUR * 1000);
    console.log(
      `overload: ${summary.messages} messages for 720 jobs, drained ${Math.round(finished / 60_000)} min after the last`,
    );
  });

  it('drains also when workers are killed and messages doubled and lost', { timeout: 120_000 }, async () => {
    const faults = { ...NO_FAULTS, crash: 0.005, duplicate: 0.1, vanish: 0.1 };
    const { problems, summary, world } = await simulate({ ...OVERLOAD, faults });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ lost: 0, unexpected: 0, duplicated: 0 });
    expect(world.table.all().filter((job) => job.status === 'error' && job.error.code === 'EXPIRED_IN_QUEUE')).toEqual(
      [],
    );
    // A take-over sends too, once for each lease that ran out.
    expect(Math.max(...world.witness.sends.values())).toBeLessThanOrEqual(MOST_MESSAGES + SETTINGS.maxAttempts);
  });

  it('ends whoever has waited for a whole day, and tells why', { timeout: 120_000 }, async () => {
    const outage = { operations: /^jobs\.claim$/, kind: 'refused' } as const;
    const day = { ...ONE, jobs: 0, stormSeconds: SETTINGS.queuedMaxAge + HOUR, outage };
    const { world } = await simulate(day, (arranged, service) => {
      for (const key of ['a', 'b', 'c']) insist(arranged, service, newPost(arranged, key), 1);
    });
    const expired = { status: 'error', error: { code: 'EXPIRED_IN_QUEUE', retryable: true } };
    expect(world.table.all()).toMatchObject([expired, expired, expired]);
    expect(Math.max(...world.witness.sends.values())).toBeLessThanOrEqual(2 + Math.ceil(SETTINGS.queuedMaxAge / 720));
  });
});
