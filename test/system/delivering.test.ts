import { describe, expect, it } from 'vitest';
import { QUEUES, SETTINGS } from '../support/settings.ts';
import { SCENARIOS } from './scenarios.ts';
import { insist, newPost } from './simulator/clients.ts';
import { NO_FAULTS, type Scenario } from './simulator/scenario.ts';
import { simulate } from './simulator/simulate.ts';
import type { World } from './simulator/world.ts';
import { atEveryWay, ONE, told } from './stories.ts';

const HOUR = 3_600;

const reportsOf = ({ bucket }: World) => [...bucket.written].filter(([key]) => key.startsWith('reports/'));

describe('R5: every message delivered one to five times, in any order and after any delay', () => {
  it('makes one file a job, with one commit', async () => {
    const faults = { ...NO_FAULTS, duplicate: 0.8 };
    const scenario = { ...ONE, jobs: 60, stormSeconds: 300, workers: 6, faults };
    const { problems, summary, world } = await simulate(scenario);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ accepted: 60, done: 60, duplicated: 0 });
    expect(summary.messages).toBeGreaterThan(120);
    expect(reportsOf(world)).toHaveLength(60);
    expect(reportsOf(world).every(([, times]) => times === 1)).toBe(true);
  });
});

describe('R10: duplicates that arrive while the lease is live', () => {
  /** A report that takes three minutes. */
  const long: Scenario = { ...ONE, jobs: 0, stormSeconds: 600, rowMilliseconds: [22_000, 22_000] };

  it('are acknowledged, and leave the attempt and its claim alone', async () => {
    const { problems, world } = await simulate({ ...long, workers: 9 }, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key', { rows: 8 }), 1);
      for (const seconds of [5, 50, 100, 150]) {
        arranged.timeline.after(seconds * 1000, () => {
          arranged.queue.send(JSON.stringify({ jobId: arranged.table.all()[0]?.id, generation: 1 }));
          arranged.onQueue();
        });
      }
    });
    expect(problems).toEqual([]);
    expect(world.counts.runs).toBe(5);
    expect(world.table.history.filter(({ name }) => name === 'claim')).toHaveLength(1);
    expect(world.table.all()).toMatchObject([{ status: 'done', attempt: 1 }]);
  });

  it('until no receive is left do not end the job: it is done, and the dead letter is explained', async () => {
    const kills = Array.from({ length: QUEUES.maxReceives }, (_, i) => ({ actor: `worker-${i + 2}`, at: 1 }));
    const { problems, world } = await simulate({ ...long, workers: 9, kills }, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key', { rows: 8 }), 1);
      receiveAgainEvery(10, arranged);
    });
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'done', attempt: 1 }]);
    expect(world.log.lines.map(({ event }) => event)).toContain('finished');
    expect(world.counts.killed).toBeGreaterThanOrEqual(4);
  });

  it('and lie in the dead-letter queue from the first moment are kept until the job is done', async () => {
    let isDeadLettered = false;
    const { problems, world } = await simulate(long, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key', { rows: 8 }), 1);
      arranged.timeline.after(30_000, () => {
        const [job] = arranged.table.all();
        expect(job).toMatchObject({ status: 'processing' });
        arranged.deadLetters.send(JSON.stringify({ jobId: job?.id, generation: 1 }));
        arranged.onQueue();
        isDeadLettered = true;
      });
    });
    expect(isDeadLettered).toBe(true);
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'done', attempt: 1 }]);
  });

  /** Somebody makes the message visible again and again, as a visibility timeout that is too short would. */
  function receiveAgainEvery(seconds: number, { queue, timeline, onQueue }: World): void {
    for (let i = 1; i <= QUEUES.maxReceives + 1; i += 1) {
      timeline.after(i * seconds * 1000, () => {
        for (const message of queue.messages.values()) message.visibleAt = timeline.now();
        onQueue();
      });
    }
  }
});

describe('R12: a job that failed and is redriven', () => {
  it('shows its error until then, and is done as a new generation, once the fault is mended', async () => {
    const faults = { ...NO_FAULTS, stumble: 1 };
    const { problems, world } = await simulate({ ...ONE, jobs: 0, stormSeconds: 300, faults }, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key', { rows: 8 }), 1);
      arranged.timeline.after(301_000, () => {
        const [job] = arranged.table.all();
        expect(job).toMatchObject({ status: 'error', generation: 1 });
        void service.redrive(job?.id ?? '');
      });
    });
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'done', generation: 2, attempt: 1 }]);
    expect(world.posts[0]?.views.map(({ status }) => status)).toContain('error');
    expect(reportsOf(world).map(([key]) => key.split('/')[4])).toEqual(['2']);
  });

  it('is not given the failure that was remembered of its last generation', async () => {
    // Its rows come too slowly for the time limit, and fast once it has failed: too large is remembered, and was true.
    const pace: [number, number] = [10_000, 10_000];
    const slow = { ...ONE, jobs: 0, stormSeconds: 600, rowMilliseconds: pace };
    const { problems, world } = await simulate(slow, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key', { rows: 40 }), 1);
      arranged.onError = (id) => {
        pace.fill(100);
        arranged.timeline.after(1_000, () => void service.redrive(id));
      };
    });
    expect(problems).toEqual([]);
    expect(world.table.history.map(({ name }) => name)).toContain('finishError');
    expect(world.table.all()).toMatchObject([{ status: 'done', generation: 2, attempt: 1 }]);
  });

  it('meets no result, no lock and no message of the generation before', async () => {
    const { problems, world } = await simulate({ ...ONE, jobs: 0, stormSeconds: 900 }, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key', { behaviour: 'refuses', rows: 8 }), 1);
      arranged.onError = (id) => {
        if (arranged.table.get(id)?.generation === 3) return;
        arranged.timeline.after(30_000, () => void service.redrive(id));
        arranged.timeline.after(31_000, () => {
          arranged.queue.send(JSON.stringify({ jobId: id, generation: 1 }));
          arranged.onQueue();
        });
      };
    });
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'error', generation: 3, attempt: 1 }]);
    expect(world.table.history.filter(({ name }) => name === 'claim')).toHaveLength(3);
  });
});

describe('R19: a thousand jobs, a fifth of the workers killed, a fifth of the messages doubled, a tenth lost', () => {
  it('comes to lost 0, unexpected 0, duplicated 0', { timeout: 120_000 }, async () => {
    // A worker makes about sixteen calls, so 1.4 % a call ends about a fifth of them.
    const faults = { ...NO_FAULTS, crash: 0.014, duplicate: 0.2, vanish: 0.1 };
    const scenario = { ...ONE, seed: 19, jobs: 1_000, stormSeconds: 1_800, workers: 20, faults };
    const { problems, summary } = await simulate(scenario);
    console.log(`R19: ${JSON.stringify(summary)}`);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ lost: 0, unexpected: 0, duplicated: 0 });
    expect(summary.accepted).toBeGreaterThan(950);
    expect(summary.killed).toBeGreaterThan(200);
  });
});

describe('R20: the sweeper', () => {
  const lossy: Scenario = { ...ONE, sweepers: 2, faults: { ...NO_FAULTS, vanish: 1 } };

  it('runs twice at a time and loses nobody', async () => {
    const { problems, summary } = await simulate({ ...lossy, jobs: 20, stormSeconds: 300 });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ accepted: 20, done: 20 });
  });

  it('goes on sending, at most twelve minutes apart, while every message is lost', async () => {
    const { problems, world } = await simulate({ ...lossy, jobs: 0, stormSeconds: HOUR }, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key'), 1);
    });
    expect(problems).toEqual([]);
    const claim = world.table.history.find(({ name }) => name === 'claim');
    const wait = 3 * SETTINGS.queuedWait + 2 * SETTINGS.sweepInterval;
    expect((claim?.at ?? Number.POSITIVE_INFINITY) - world.stormEndsAt).toBeLessThan(wait * 1000);
  });

  it('beside another one sends no more often than alone', async () => {
    const sendsWith = async (sweepers: number) => {
      const { problems, world } = await simulate({ ...lossy, stormSeconds: HOUR, sweepers });
      expect(problems).toEqual([]);
      return Math.max(...world.witness.sends.values());
    };
    expect(await sendsWith(3)).toBe(await sendsWith(1));
  });

  it('sends nothing while the table takes no writes', async () => {
    const outage = { operations: /^jobs\.markSent$/, kind: 'refused' } as const;
    const script: Scenario['script'] = (actor, operation) =>
      actor === 'enqueue-1' && operation === 'queue.send' ? 'refused' : undefined;
    const { problems, summary } = await simulate({ ...ONE, stormSeconds: HOUR, outage, script });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ done: 1, messages: 1 });
  });

  it('may die at any await, between its write and its message too', async () => {
    for (const actor of ['sweeper-1', 'sweeper-3', 'sweeper-5']) {
      await atEveryWay(
        actor,
        (mark) => ({ ...lossy, kills: [mark] }),
        ({ problems, summary }, mark) => {
          expect(problems, told(mark)).toEqual([]);
          expect(summary, told(mark)).toMatchObject({ accepted: 1, done: 1 });
        },
      );
    }
  });
});

describe('R21: after an upgrade', () => {
  it('messages of finished jobs and of older generations change nothing', async () => {
    const { world: before } = await simulate({ ...SCENARIOS.hopeless, seed: 21 });
    const written = before.table.history.length;
    const objects = new Map(before.bucket.written);
    for (const { id, generation } of before.table.all()) {
      for (const g of [generation, generation - 1, generation + 1]) {
        before.queue.send(JSON.stringify({ jobId: id, generation: g, sentBy: 'an older version' }));
      }
    }
    before.onQueue();
    await before.timeline.until(before.timeline.now() + 3_600_000);
    expect(before.table.history).toHaveLength(written);
    expect(before.bucket.written).toEqual(objects);
    expect(before.queue.messages.size).toBe(0);
  });

  it('a row with what another version wrote is finished, and keeps it', async () => {
    const { problems, world } = await simulate({ ...ONE, stormSeconds: 300 }, (arranged) => {
      arranged.beforeEffect = (operation) => {
        const [job] = arranged.table.all();
        if (operation !== 'jobs.claim' || job === undefined) return;
        arranged.table.rows.set(job.id, Object.assign({}, job, { priority: 7, cancelRequested: false }));
      };
    });
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'done', priority: 7, cancelRequested: false }]);
  });
});
