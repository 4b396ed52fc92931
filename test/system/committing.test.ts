import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../support/settings.ts';
import type { Behaviour } from './simulator/behaviour.ts';
import { insist, newPost } from './simulator/clients.ts';
import type { Scenario } from './simulator/scenario.ts';
import { type Result, simulate } from './simulator/simulate.ts';
import { ONE } from './stories.ts';

const COMMITS = ['reports.put', 'reports.complete'] as const;

/** One row goes up in a single put, eight rows in parts. */
const SIZES = { 'reports.put': [1, 1], 'reports.complete': [8, 8] } as const;

function expectOneObject({ problems, summary, world }: Result): void {
  expect(problems).toEqual([]);
  expect(summary).toMatchObject({ accepted: 1, done: 1, error: 0, duplicated: 0 });
  expect([...world.bucket.uploads.keys()]).toEqual([]);
}

/** Does this at the first commit, and at no later one. */
function atFirstCommit(kind: 'conflict' | 'lostReply' | 'doubled' | 'refused'): Scenario['script'] {
  let isFirst = true;
  return (_actor, operation) => {
    if (!isFirst || (operation !== COMMITS[0] && operation !== COMMITS[1])) return undefined;
    isFirst = false;
    return kind;
  };
}

describe.each(COMMITS)('R13: a commit by %s', (commit) => {
  const story = { ...ONE, rows: SIZES[commit] };

  it('that is answered with 412, because it had been done before, finds its own file', async () => {
    const run = await simulate({ ...story, script: atFirstCommit('doubled') });
    expectOneObject(run);
    expect(run.summary.runs).toBe(1);
  });

  it('that is answered with 409 is started anew', async () => {
    const run = await simulate({ ...story, script: atFirstCommit('conflict') });
    expectOneObject(run);
    expect(run.summary.runs).toBe(2);
  });

  it('that succeeds and is never answered finds its own file', async () => {
    const run = await simulate({ ...story, script: atFirstCommit('lostReply') });
    expectOneObject(run);
    expect(run.summary.runs).toBe(1);
  });

  it('that is refused is tried again', async () => {
    expectOneObject(await simulate({ ...story, script: atFirstCommit('refused') }));
  });

  it('that is never answered at the last attempt still ends as done', async () => {
    const script: Scenario['script'] = (actor, operation) => {
      if (operation.startsWith('once.') && actor !== 'worker-3') return 'refused';
      return operation === commit ? 'lostReply' : undefined;
    };
    expectOneObject(await simulate({ ...story, stormSeconds: 400, script }));
  });
});

describe('R13: an upload', () => {
  it('that is gone when it is to be completed is started anew', async () => {
    let isFirst = true;
    const run = await simulate(ONE, (world) => {
      const { uploads } = world.bucket;
      world.beforeEffect = (operation) => {
        if (operation === 'reports.complete' && isFirst) uploads.clear();
        if (operation === 'reports.complete') isFirst = false;
      };
    });
    expectOneObject(run);
    expect(run.summary.runs).toBe(2);
  });

  it('that meets 409 is not left open, though a zombie wakes whose own upload has been aborted', async () => {
    // The zombie sleeps before its completion, which arrives while another worker, which saw no file, is at work.
    const slow = { ...ONE, rowMilliseconds: [12_000, 12_000] as const };
    const zombie = await wayOf('reports.complete', slow);
    let arrived = 0;
    const script: Scenario['script'] = (actor, operation) => {
      if (operation !== 'reports.complete') return undefined;
      arrived += actor === 'worker-1' ? 1 : 0;
      return actor === 'worker-2' ? 'conflict' : undefined;
    };
    const freezes = [{ actor: 'worker-1', at: zombie, seconds: 360 }];
    const run = await simulate({ ...slow, script, freezes });
    expect(arrived).toBe(1);
    expectOneObject(run);
  });

  it('that meets 409 while a zombie publishes its own file leaves no parts, and tells of that file', async () => {
    // As above, but the zombie's abort is refused, so its completion is carried out when it arrives, before the other's.
    const slow = { ...ONE, rowMilliseconds: [12_000, 12_000] as const };
    const zombie = await wayOf('reports.complete', slow);
    const script: Scenario['script'] = (actor, operation) => {
      if (actor === 'worker-1' && operation === 'reports.abort') return 'refused';
      return actor === 'worker-2' && operation === 'reports.complete' ? 'conflict' : undefined;
    };
    const freezes = [{ actor: 'worker-1', at: zombie, seconds: 230 }];
    const run = await simulate({ ...slow, script, freezes });
    expectOneObject(run);
    expect(run.world.table.history.filter(({ name }) => name === 'claim')).toHaveLength(2);
    const [object] = run.world.bucket.objects.values();
    expect(object?.metadata).toMatchObject({ attempt: '1' });
  });
});

/** The way on which the first worker goes to that operation. */
async function wayOf(operation: string, story: Scenario): Promise<number> {
  let way = 0;
  let found = 0;
  await simulate(story, (world) => {
    world.beforeEffect = (name, { name: actor }) => {
      if (actor !== 'worker-1') return;
      if (name === operation) found = way + 1;
      way += 2;
    };
  });
  return found;
}

describe('R14: a file that breaks off', () => {
  /** One request of that kind. */
  const run = (behaviour: Behaviour, scenario: Scenario = ONE) =>
    simulate({ ...scenario, jobs: 0 }, (world, service) => {
      insist(world, service, newPost(world, 'key', { behaviour, rows: 8 }), 1);
    });

  it.each([
    ['refuses', 'REQUEST_UNREADABLE'],
    ['drops', 'ROWS_MISCOUNTED'],
  ] as const)('because its renderer %s is aborted at once and never published', async (behaviour, code) => {
    const { problems, world } = await run(behaviour);
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'error', attempt: 1, error: { code, retryable: false } }]);
    expect(world.bucket.objects.size + world.bucket.uploads.size).toBe(0);
    const [claimed, ended] = ['claim', 'finishError'].map(
      (name) => world.table.history.find((w) => w.name === name)?.at,
    );
    expect((ended ?? Number.POSITIVE_INFINITY) - (claimed ?? 0)).toBeLessThan(5_000);
  });

  it('because the renderer throws what nobody foresaw is tried again, and published whole', async () => {
    const { problems, world, summary } = await simulate(ONE, (arranged) => {
      arranged.faults = { ...arranged.faults, stumble: 1 };
      arranged.beforeEffect = (operation) => {
        if (operation === 'jobs.giveBack') arranged.endStorm();
      };
    });
    expect(problems).toEqual([]);
    expect(summary.runs).toBeGreaterThan(1);
    expect(world.table.all()).toMatchObject([{ status: 'done' }]);
  });

  it('because a part is refused is aborted and tried again', async () => {
    let refused = 0;
    const script: Scenario['script'] = (_actor, operation) => {
      if (operation !== 'reports.part' || refused > 0) return undefined;
      refused += 1;
      return 'refused';
    };
    const result = await run('whole', { ...ONE, script });
    expectOneObject(result);
    expect(result.summary.runs).toBe(2);
  });
});

describe('R8: a source that is too slow', () => {
  it('stops before the time limit, leaves no upload and no object, and ends as TOO_LARGE', async () => {
    const { problems, world } = await simulate({ ...ONE, jobs: 0, stormSeconds: 600 }, (arranged, service) => {
      insist(arranged, service, newPost(arranged, 'key', { behaviour: 'crawls', rows: 8 }), 1);
    });
    expect(problems).toEqual([]);
    expect(world.table.all()).toMatchObject([{ status: 'error', attempt: 1, error: { code: 'TOO_LARGE' } }]);
    expect(world.bucket.objects.size + world.bucket.uploads.size + world.counts.killed).toBe(0);
    const [claimed, ended] = ['claim', 'finishError'].map(
      (name) => world.table.history.find((w) => w.name === name)?.at,
    );
    expect((ended ?? Number.POSITIVE_INFINITY) - (claimed ?? 0)).toBeLessThan(SETTINGS.workerTimeout * 1000);
  });
});
