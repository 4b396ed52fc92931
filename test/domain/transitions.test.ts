// Longer than a file should be: one table of transitions, and the facts that hold of all of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallbackOutcome } from '../../lambdas/domain/callback.ts';
import type { Change } from '../../lambdas/domain/change.ts';
import { jobError } from '../../lambdas/domain/failures.ts';
import { isOpen, type Job, type ProcessingJob, type QueuedJob, type Report } from '../../lambdas/domain/job.ts';
import * as transitions from '../../lambdas/domain/transitions.ts';
import { MemoryJobTable, TableState, type Write } from '../support/memory/job-table.ts';

const START = Date.UTC(2026, 0, 5);
const MAX_ATTEMPTS = 3;
const LEASE = 1_000;
const ERROR = jobError('INTERNAL', 'It failed.');
const REPORT: Report = { key: 'k', contentType: 't', sizeBytes: 1, sha256: 'h', rows: 2, warnings: [] };
const VALIDATION = { passed: true, rows: 2, faultCount: 0, faults: [] };
const PROGRESS = { rowsWritten: 1, rowsTotal: 2 };

/** Some of the histories go on before it is over. */
const backOff = (now: number) => ({ notBefore: now + 1_500, sweepAt: now + 5_000 });

const NEW: QueuedJob = {
  id: 'j',
  tenant: 't',
  status: 'queued',
  format: 'xlsx',
  fileName: 'Sales.xlsx',
  reference: null,
  requestHash: 'h',
  acceptId: 'a',
  request: { kind: 'inline', json: '{}' },
  rowsTotal: 2,
  createdAt: new Date(START).toISOString(),
  openedAt: new Date(START).toISOString(),
  expiresAt: START / 1000 + 86_400,
  generation: 1,
  attempt: 0,
  tries: 0,
  sends: 0,
  sweepShard: 's#0',
  sweepAt: START + 30_000,
  callbackUrl: 'https://receiver.example/',
};

const PENDING: CallbackOutcome = { state: 'pending', status: 500, sweepAt: START };

/** Every transition, as somebody would ask for it who believes what `seen` says, however old that is. */
const ASKED: Record<string, (seen: Job, now: number) => Change | undefined> = {
  claim: ({ generation }, now) =>
    transitions.claim({ generation, claimedBy: `w${now}`, now, leaseUntil: now + LEASE, maxAttempts: MAX_ATTEMPTS }),
  markSent: (seen, now) => (isOpen(seen) ? transitions.markSent(seen, now, now + 5_000) : undefined),
  sendFailed: (seen) =>
    isOpen(seen) ? transitions.sendFailed({ ...seen, sweepAt: seen.sweepAt - 5_000 }, seen.sweepAt) : undefined,
  heartbeat: (seen) => transitions.heartbeat(seen, PROGRESS),
  stage: (seen) =>
    seen.status === 'processing' ? transitions.stage(seen, { ...REPORT, attempt: seen.attempt }) : undefined,
  giveBack: (seen, now) => transitions.giveBack(seen, backOff(now), ERROR),
  giveBackUncounted: (seen, now) => transitions.giveBackUncounted(seen, backOff(now)),
  finishDone: (seen, now) => transitions.finishDone(seen, now, REPORT, 1),
  finishValidated: (seen, now) => transitions.finishValidated(seen, now, VALIDATION),
  finishError: (seen, now) => transitions.finishError(seen, now, ERROR),
  rescueError: (seen, now) => (isOpen(seen) ? transitions.rescueError(seen, now, ERROR) : undefined),
  rescueDone: (seen, now) => (isOpen(seen) ? transitions.rescueDone(seen, now, REPORT, 1) : undefined),
  markCallbackSent: (seen, now) => (isOpen(seen) ? undefined : transitions.markCallbackSent(seen, now + 5_000)),
  recordCallback: (seen, now) =>
    isOpen(seen)
      ? undefined
      : transitions.recordCallback(seen, now % 2 === 0 ? PENDING : { state: 'delivered', status: 204 }),
  cancelQueued: (seen, now) => transitions.cancelQueued(seen, now),
  requestCancel: (seen, now) => (seen.status === 'processing' ? transitions.requestCancel(seen, now) : undefined),
  finishCancelled: (seen, now) => transitions.finishCancelled(seen, now),
  rescueCancelled: (seen, now) => (isOpen(seen) ? transitions.rescueCancelled(seen, now) : undefined),
  markCleared: (seen) => (seen.status === 'cancelled' ? transitions.markCleared(seen) : undefined),
  redrive: (seen, now) => (seen.status === 'error' ? transitions.redrive(seen, now, now, 1) : undefined),
};

const steps = fc.array(
  fc.record({
    name: fc.constantFrom(...Object.keys(ASKED)),
    /** How many writes ago whoever asks has looked at the row. */
    age: fc.nat(4),
    /** Milliseconds that pass before. */
    pause: fc.constantFrom(0, 1, LEASE + 1),
  }),
  { minLength: 10, maxLength: 60, size: 'max' },
);

type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

interface Tried {
  readonly write: Write | undefined;
  readonly name: string;
  readonly seen: Job;
  readonly now: number;
}

/** What a worker asks for. It knows the row as its claim gave it back, and never reads it again. */
const WORKERS = [
  ...['heartbeat', 'stage', 'giveBack', 'giveBackUncounted', 'finishDone', 'finishValidated', 'finishError'],
  'finishCancelled',
];

function viewOf(name: string, known: readonly Write[]): Job | undefined {
  if (!WORKERS.includes(name)) return known.at(-1)?.after;
  return known.findLast((write) => write.name === 'claim')?.after;
}

/** Plays a sequence of requests, each by somebody with an old view of the row. */
async function play(sequence: Steps): Promise<Tried[]> {
  let now = START;
  const state = new TableState({ now: () => now });
  const table = new MemoryJobTable(state);
  // Half of the jobs have somebody to be told.
  await table.create(sequence.length % 2 === 0 ? NEW : { ...NEW, callbackUrl: undefined });
  const tried: Tried[] = [];
  for (const { name, age, pause } of sequence) {
    now += pause;
    const seen = viewOf(name, state.history.slice(0, Math.max(1, state.history.length - age)));
    const change = seen && ASKED[name]?.(seen, now);
    if (seen === undefined || change === undefined) continue;
    const { applied } = await table.change('j', change);
    tried.push({ name, seen, now, write: applied ? state.history.at(-1) : undefined });
  }
  return tried;
}

/** Asserts a fact of every write of every sequence. */
function always(fact: (write: Write & { before: Job }, tried: Tried) => void): Promise<void> {
  const property = fc.asyncProperty(steps, async (sequence) => {
    for (const tried of await play(sequence)) {
      if (tried.write?.before) fact(tried.write as Write & { before: Job }, tried);
    }
  });
  return fc.assert(property, { numRuns: 500 });
}

/** What may still be written to a job that has ended. */
const CALLBACKS = ['markCallbackSent', 'recordCallback'];

/** A job without how its telling goes. */
function untold(job: Job) {
  const told = ['callbackState', 'callbackAttempts', 'callbackStatus', 'sweepShard', 'sweepAt'];
  return Object.fromEntries(Object.entries(job).filter(([attribute]) => !told.includes(attribute)));
}

const RANK = { queued: 0, processing: 1, done: 2, error: 2, cancelled: 2 } as const;

describe('whatever is asked for, in whatever order, with however old a view', () => {
  it('a status only moves forward, but for a redrive, which opens the next generation', () =>
    always(({ before, after }, { name }) => {
      if (after.generation === before.generation)
        expect(RANK[after.status]).toBeGreaterThanOrEqual(RANK[before.status]);
      else expect([name, before.status, after.generation]).toEqual(['redrive', 'error', before.generation + 1]);
    }));

  it('nothing happens to a job that is done or cancelled but that its end is told and what is left is cleared', () =>
    always(({ before, after }, { name }) => {
      if (before.status !== 'done' && before.status !== 'cancelled') return;
      expect([...CALLBACKS, 'markCleared']).toContain(name);
      expect(untold(after)).toEqual(untold(before));
    }));

  it('an ended job stays as it is until it is redriven', () =>
    always(({ before }, { name }) => {
      if (before.status === 'error') expect([...CALLBACKS, 'redrive']).toContain(name);
    }));

  it('only the attempt that holds the job writes to it', () =>
    always(({ before }, { name, seen }) => {
      if (WORKERS.includes(name)) expect([before.status, before.attempt]).toEqual(['processing', seen.attempt]);
    }));

  it('nobody takes a job from a worker that may be alive', () =>
    always(({ before }, { name, now }) => {
      if (
        ['claim', 'rescueError', 'rescueDone', 'rescueCancelled', 'markSent'].includes(name) &&
        before.status === 'processing'
      )
        expect(before.leaseUntil).toBeLessThan(now);
    }));

  it('attempts are counted one by one, and never more of them count than may be tried', () =>
    always(({ before, after }, { name }) => {
      if (name === 'claim') expect(after.attempt).toBe(before.attempt + 1);
      else if (name !== 'redrive') expect(after.attempt).toBe(before.attempt);
      expect(after.tries).toBeGreaterThanOrEqual(0);
      expect(after.tries).toBeLessThanOrEqual(MAX_ATTEMPTS);
    }));

  it('a row stands in the sweep index exactly as long as it is open, owes a callback, or is to be cleared', () =>
    always(({ after }, { name }) => {
      const sweeping = ['sweepShard', 'sweepAt'].filter((attribute) => attribute in after);
      const isUnclear = after.status === 'cancelled' && after.attempt > 0 && name !== 'markCleared';
      expect(sweeping).toHaveLength(isOpen(after) || after.callbackState === 'pending' || isUnclear ? 2 : 0);
    }));

  it('only a job that is queued, or whose client has asked for it, is cancelled', () =>
    always(({ before, after }, { name }) => {
      if (after.status !== 'cancelled' || before.status === 'cancelled') return;
      if (name === 'cancelQueued') expect(before.status).toBe('queued');
      else expect(before).toHaveProperty('cancelRequestedAt');
    }));

  it('a wish to cancel stands until the job ends, and makes it due at once where nobody is at work', () =>
    always(({ before, after }, { name, now }) => {
      if (before.status === 'processing' && before.cancelRequestedAt !== undefined && after.status === 'processing')
        expect(after.cancelRequestedAt).toBe(before.cancelRequestedAt);
      if (name !== 'requestCancel' || before.status !== 'processing' || after.status !== 'processing') return;
      expect(after.sweepAt).toBe(before.leaseUntil >= now ? before.sweepAt : now);
    }));

  it('a try to tell counts once, however many make it, and none follows the last', () =>
    always(({ before, after }, { name }) => {
      if (name !== 'recordCallback' || isOpen(before) || isOpen(after)) return;
      expect(before.callbackState).toBe('pending');
      expect(after.callbackAttempts).toBe((before.callbackAttempts ?? 0) + 1);
    }));

  it('a field stands in the states alone that have it', () =>
    always(({ after }) => {
      const isValidated = 'validation' in after;
      expect('report' in after || isValidated).toBe(after.status === 'done');
      expect('report' in after && isValidated).toBe(false);
      expect('error' in after).toBe(after.status === 'error');
      expect('claimedBy' in after).toBe(after.status === 'processing');
      if ('cancelRequestedAt' in after) expect(after.status).toBe('processing');
      expect('finishedAt' in after).toBe(!isOpen(after));
    }));

  it('what names the job never changes', () =>
    always(({ after }) => {
      const { id, tenant, requestHash, createdAt, fileName, acceptId } = NEW;
      expect(after).toMatchObject({ id, tenant, requestHash, createdAt, fileName, acceptId });
    }));
});

it('the sequences reach every transition', async () => {
  const reached = new Set<string>();
  const property = fc.asyncProperty(steps, async (sequence) => {
    for (const { name, write } of await play(sequence)) if (write) reached.add(name);
  });
  await fc.assert(property, { numRuns: 3_000 });
  expect([...reached].sort()).toEqual(Object.keys(ASKED).sort());
});

it('an attempt that was given back is followed by another as soon as its back-off is over, and not before', async () => {
  const state = new TableState();
  const table = new MemoryJobTable(state);
  await table.create(NEW);
  const claim = (now: number) => table.change('j', ASKED.claim?.(state.get('j') as Job, now) as Change);
  await claim(START);
  expect(await claim(START)).toMatchObject({ applied: false });
  const until = { notBefore: START + 5_000, sweepAt: START + 5_000 };
  await table.change('j', transitions.giveBack(state.get('j') as ProcessingJob, until, ERROR));
  expect(await claim(START + 4_999)).toMatchObject({ applied: false });
  const startedAt = new Date(START).toISOString();
  expect(await claim(START + 5_000)).toMatchObject({ applied: true, job: { attempt: 2, startedAt } });
  expect(state.get('j')).not.toHaveProperty('notBefore');
});

it('a row that an older version gave back, without a back-off in it, can be claimed at once', async () => {
  const state = new TableState();
  const table = new MemoryJobTable(state);
  await table.create(NEW);
  await table.change('j', ASKED.claim?.(NEW, START) as Change);
  const { notBefore: _, ...old } = { ...(state.get('j') as ProcessingJob), leaseUntil: 0 };
  state.put('j', old, 'giveBack');
  expect(await table.change('j', ASKED.claim?.(old, START) as Change)).toMatchObject({ applied: true });
});

it('whoever looked before another attempt began finishes nothing, although that one is dead too', async () => {
  const state = new TableState();
  const table = new MemoryJobTable(state);
  await table.create(NEW);
  const claim = (now: number) => table.change('j', ASKED.claim?.(NEW, now) as Change);
  await claim(START);
  const seen = state.get('j') as ProcessingJob;
  const later = START + 10 * LEASE;
  await claim(later);
  const now = later + 2 * LEASE;
  const asked = [transitions.rescueError(seen, now, ERROR), transitions.rescueDone(seen, now, REPORT, 1)];
  for (const change of asked) expect(await table.change('j', change)).toMatchObject({ applied: false });
  const fresh = transitions.rescueError(state.get('j') as ProcessingJob, now, ERROR);
  expect(await table.change('j', fresh)).toMatchObject({ applied: true });
});
