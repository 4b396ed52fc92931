import { afterEach, describe, expect, it, vi } from 'vitest';
import { accept } from '../../lambdas/functions/enqueue/accept.ts';
import { json, respond } from '../../lambdas/runtime/http.ts';
import { apiEvent } from '../support/api-event.ts';
import { ManualClock } from '../support/memory/clock.ts';
import { MemoryDatasetStore } from '../support/memory/dataset-store.ts';
import type { Gate } from '../support/memory/gate.ts';
import { MemoryJobTable, TableState } from '../support/memory/job-table.ts';
import { MemoryLog } from '../support/memory/log.ts';
import { MemoryJobQueue, MemoryQueue } from '../support/memory/queue.ts';
import { MemoryRequestStore } from '../support/memory/request-store.ts';
import { addressOf, SETTINGS } from '../support/settings.ts';
import { SCENARIOS } from './scenarios.ts';
import type { FaultKind } from './simulator/scenario.ts';
import { simulate } from './simulator/simulate.ts';
import { ONE } from './stories.ts';

afterEach(() => vi.restoreAllMocks());

/** Every call that the service makes on the way of a request that is too large for its row. */
const CALLS = [
  ...['requests.save', 'jobs.create', 'queue.send', 'jobs.markSent'],
  ...['jobs.claim', 'once.lock', 'requests.load', 'jobs.heartbeat', 'reports.begin', 'reports.part'],
  ...['jobs.stage', 'reports.complete', 'once.complete', 'jobs.finishDone'],
] as const;

const large = { ...ONE, large: 1, stormSeconds: 300, rowMilliseconds: [2_500, 2_500] as const };

describe('R16: each call of the service, failing by itself', () => {
  it('is one that the story comes through', async () => {
    const seen = new Set<string>();
    await simulate(large, (world) => {
      world.beforeEffect = (operation) => seen.add(operation);
    });
    expect([...seen]).toEqual(expect.arrayContaining([...CALLS]));
  });

  it.each(CALLS)(
    '%s refused or not answered, twice if it comes twice, delays the job and does not end it',
    async (call) => {
      for (const kind of ['refused', 'lostReply'] satisfies FaultKind[]) {
        let left = 2;
        const script = (_actor: string, operation: string) => {
          if (operation !== call || left === 0) return undefined;
          left -= 1;
          return kind;
        };
        const { problems, summary } = await simulate({ ...large, script });
        expect(problems, kind).toEqual([]);
        expect(left, kind).toBeLessThan(2);
        expect(summary, kind).toMatchObject({ accepted: 1, done: 1, error: 0, lost: 0, duplicated: 0 });
      }
    },
  );

  it.each([
    ['requests.save', 503],
    ['jobs.create', 503],
    ['queue.send', 202],
    ['jobs.markSent', 202],
  ])('%s refused answers the POST with %i, never with 500', async (call, status) => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const gate: Gate = async (operation, effect) => {
      if (operation === call) throw new Error('ProvisionedThroughputExceededException');
      return effect();
    };
    const table = new TableState();
    const clock = new ManualClock();
    const ports = {
      jobs: new MemoryJobTable(table, gate),
      queue: new MemoryJobQueue(new MemoryQueue(clock, { visibility: 1 }), gate),
      requests: new MemoryRequestStore(undefined, gate),
      datasets: new MemoryDatasetStore(undefined, gate),
      definitions: [],
      clock,
      log: new MemoryLog(),
    };
    const rows = [['x'.repeat(9_000)]];
    const posted = {
      tenant: 'orders',
      addressOf,
      json: { format: 'pdf', title: 't', columns: [{ key: 'k' }], rows },
    };
    const answer = await respond(apiEvent({}), async () => json(202, (await accept(posted, ports, SETTINGS)).job));
    expect(answer.statusCode).toBe(status);
    expect(answer.headers?.['Retry-After']).toBe(status === 503 ? '5' : undefined);
    expect(table.rows.size).toBe(status === 202 ? 1 : 0);
  });
});

describe('R16: a call that did happen, and is told as failed,', () => {
  const once = (call: string, kind: FaultKind) => {
    let isFirst = true;
    return (_actor: string, operation: string) => {
      if (operation !== call || !isFirst) return undefined;
      isFirst = false;
      return kind;
    };
  };

  it.each([
    ['jobs.claim', 'doubled'],
    ['jobs.stage', 'doubled'],
    ['once.complete', 'refused'],
    ['once.complete', 'lostReply'],
    ['reports.complete', 'lostReply'],
    ['jobs.finishDone', 'doubled'],
  ] as const)('is recognised by whoever made it: %s, %s', async (call, kind) => {
    const { problems, world, summary } = await simulate({ ...large, script: once(call, kind) });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ done: 1, runs: 1 });
    expect(world.table.all()).toMatchObject([{ status: 'done', attempt: 1 }]);
  });
});

describe('R17: clocks that are wrong by up to five minutes, each in another way', () => {
  it('delay jobs, and change nothing else', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const { problems, summary } = await simulate({ ...SCENARIOS['clocks wrong by five minutes'], seed });
      expect(problems, `seed ${seed}`).toEqual([]);
      expect(summary, `seed ${seed}`).toMatchObject({ lost: 0, duplicated: 0 });
    }
  });
});
