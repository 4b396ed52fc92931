import { type Change, equal } from '../../../lambdas/domain/change.ts';
import {
  type CancelledJob,
  type FailedJob,
  isOpen,
  type Job,
  type JobError,
  type OpenJob,
  type ProcessingJob,
  type Report,
  type StagedReport,
} from '../../../lambdas/domain/job.ts';
import type { JobTable } from '../../../lambdas/domain/ports.ts';
import * as transitions from '../../../lambdas/domain/transitions.ts';
import { contract } from '../contract.ts';
import { jobTables } from './implementations.ts';
import { NOW, queuedRow } from './rows.ts';

const LATER = NOW + 120_000;
const ERROR: JobError = { code: 'WORKER_LOST', detail: 'The worker was lost.', retryable: true };
const REPORT: Report = { key: 'k', contentType: 't', sizeBytes: 9, sha256: 's', rows: 1, sheets: 1, warnings: [] };
const VALIDATION = { passed: true, rows: 2, faultCount: 0, faults: [] };
const STAGED: StagedReport = { ...REPORT, attempt: 1 };

/** The ways in which a row may stand when somebody comes to change it. */
const STATES = [
  'queued',
  'alive',
  'dead',
  'given back',
  'backing off',
  'exhausted',
  'overtaken',
  'unwanted',
  'unwanted and dead',
  'cancelled',
  'done',
  'error',
  'owing',
  'unclear',
  'reopened',
] as const;
type State = (typeof STATES)[number];

const claimUntil = (leaseUntil: number) =>
  transitions.claim({ generation: 1, claimedBy: 'me', now: NOW, leaseUntil, maxAttempts: 3 });
const first = { generation: 1, attempt: 1 };
/** Back-offs: one that is over, and one that lasts. */
const OVER = { notBefore: NOW, sweepAt: LATER };
const LASTING = { notBefore: NOW + 1, sweepAt: LATER };

const progress = { rowsWritten: 1, rowsTotal: 2 };
const failed = (row: Job): FailedJob => ({
  ...queuedRow(),
  ...row,
  status: 'error',
  startedAt: null,
  finishedAt: '',
  error: ERROR,
});

/** The client wants the job no more, seen as the first worker holds it. */
const wish = (leaseUntil: number) => transitions.requestCancel(held(leaseUntil), NOW);
const held = (leaseUntil: number): ProcessingJob => ({
  ...queuedRow(),
  status: 'processing',
  attempt: 1,
  startedAt: '',
  claimedBy: 'me',
  staged: [],
  leaseUntil,
});

/** Brings a new row into a state by the transitions that lead there. `overtaken`: a second attempt has it. */
const WAYS: Record<State, (row: Job) => Change[]> = {
  queued: () => [],
  alive: () => [claimUntil(LATER)],
  dead: () => [claimUntil(NOW - 1)],
  'given back': () => [claimUntil(LATER), transitions.giveBack(first, OVER, ERROR)],
  'backing off': () => [claimUntil(LATER), transitions.giveBack(first, LASTING, ERROR)],
  exhausted: () => [
    claimUntil(LATER),
    transitions.giveBack(first, OVER, ERROR),
    { name: 'test', when: equal('status', 'processing'), set: { tries: 3 } },
  ],
  overtaken: () => [claimUntil(LATER), transitions.giveBack(first, OVER, ERROR), claimUntil(LATER)],
  unwanted: () => [claimUntil(LATER), wish(LATER)],
  'unwanted and dead': () => [claimUntil(NOW - 1), wish(NOW - 1)],
  cancelled: (row) => [transitions.cancelQueued(row, NOW)],
  unclear: () => [claimUntil(LATER), wish(LATER), transitions.finishCancelled(first, NOW)],
  done: () => [claimUntil(LATER), transitions.finishDone(first, NOW, REPORT, 1)],
  error: () => [claimUntil(LATER), transitions.finishError(first, NOW, ERROR)],
  owing: () => [claimUntil(LATER), transitions.finishError({ ...first, callbackUrl: 'https://r' }, NOW, ERROR)],
  reopened: (row) => [
    claimUntil(LATER),
    transitions.finishError(first, NOW, ERROR),
    transitions.redrive(failed(row), NOW, LATER, 1),
  ],
};

/** A job that ended at `NOW` and is still to be told of, as the sweeper reads it. */
const owing = (row: Job): FailedJob => ({
  ...failed(row),
  generation: 1,
  callbackState: 'pending',
  callbackAttempts: 0,
  sweepAt: NOW + 60_000,
});

/** A job that was cancelled at `NOW`, after somebody had taken it, as the sweeper reads it. */
const unclear = (row: Job): CancelledJob => {
  const ended = { startedAt: '', finishedAt: new Date(NOW).toISOString(), sweepAt: NOW + 30 * 60_000 };
  return { ...row, ...ended, status: 'cancelled', generation: 1 } as CancelledJob;
};

const OPEN_AND_NOT_ALIVE: State[] = [
  ...(['queued', 'dead', 'given back', 'backing off', 'exhausted', 'unwanted and dead', 'reopened'] as const),
];
const UNWANTED: State[] = ['unwanted', 'unwanted and dead'];
const HELD_BY_FIRST: State[] = ['alive', 'dead', 'given back', 'backing off', 'exhausted', ...UNWANTED];

/** Each change, by somebody who saw the row while it was open or by the worker of attempt 1, and where it may happen. */
const CHANGES: [string, (seen: OpenJob) => Change, State[]][] = [
  ['markSent', (seen) => transitions.markSent(seen, NOW, LATER), OPEN_AND_NOT_ALIVE],
  ['claim', () => claimUntil(LATER), ['queued', 'dead', 'given back', 'unwanted and dead']],
  ['heartbeat', () => transitions.heartbeat(first, progress), HELD_BY_FIRST],
  ['giveBack', () => transitions.giveBack(first, OVER, ERROR), HELD_BY_FIRST],
  // An exhausted row counts other tries than this worker has seen.
  [
    'giveBackUncounted',
    () => transitions.giveBackUncounted({ ...first, tries: 1 }, OVER),
    ['alive', 'dead', 'given back', 'backing off', ...UNWANTED],
  ],
  ['finishDone', () => transitions.finishDone(first, NOW, REPORT, 1), HELD_BY_FIRST],
  ['finishValidated', () => transitions.finishValidated(first, NOW, VALIDATION), HELD_BY_FIRST],
  ['finishError', () => transitions.finishError(first, NOW, ERROR), HELD_BY_FIRST],
  ['rescueError', (seen) => transitions.rescueError(seen, NOW, ERROR), OPEN_AND_NOT_ALIVE],
  ['rescueDone', (seen) => transitions.rescueDone(seen, NOW, REPORT, 1), OPEN_AND_NOT_ALIVE],
  ['cancelQueued', (seen) => transitions.cancelQueued(seen, NOW), ['queued', 'reopened']],
  ['requestCancel', () => transitions.requestCancel(held(LATER), NOW), ['alive']],
  ['requestCancel of the dead', () => transitions.requestCancel(held(NOW - 1), NOW), ['dead']],
  ['finishCancelled', () => transitions.finishCancelled(first, NOW), UNWANTED],
  ['rescueCancelled', (seen) => transitions.rescueCancelled(seen, NOW), ['unwanted and dead']],
  ['markCleared', (seen) => transitions.markCleared(unclear(seen)), ['unclear']],
  ['redrive', (seen) => transitions.redrive(failed({ ...seen, generation: 1 }), NOW, LATER, 1), ['error', 'owing']],
  ['markCallbackSent', (seen) => transitions.markCallbackSent(owing(seen), LATER), ['owing']],
  ['recordCallback', (seen) => transitions.recordCallback(owing(seen), { state: 'failed', status: 410 }), ['owing']],
];

contract('a transition in the jobs table', jobTables(), (it) => {
  /** The row as it stands, and as it was seen by whoever looked last while it was open. */
  const bring = async (table: JobTable, state: State): Promise<{ row: Job; seen: OpenJob }> => {
    const created = queuedRow();
    await table.create(created);
    let row: Job = created;
    let seen: OpenJob = created;
    for (const step of WAYS[state](created)) {
      const { applied, job } = await table.change(row.id, step);
      if (!applied) throw new Error(`${step.name} on the way to ${state}`);
      row = job;
      if (isOpen(row)) seen = row;
    }
    return { row, seen };
  };

  for (const [name, changeOf, allowed] of CHANGES) {
    it(`${name} happens to a row that is ${allowed.join(', ')}, and to no other`, async (table, expect) => {
      const happened = [];
      for (const state of STATES) {
        const { row, seen } = await bring(table, state);
        const { applied, job } = await table.change(row.id, changeOf(seen));
        if (applied) happened.push(state);
        else expect(job, state).toEqual(row);
      }
      expect(happened).toEqual(allowed);
    });
  }

  it('stage keeps the facts of every attempt, and whoever finishes removes them', async (table, expect) => {
    const { seen } = await bring(table, 'alive');
    if (seen.status !== 'processing') throw new Error('not claimed');
    const { job: staged } = await table.change(seen.id, transitions.stage(seen, STAGED));
    expect(staged).toMatchObject({ staged: [STAGED] });
    const { job: done } = await table.change(seen.id, transitions.finishDone(first, NOW, REPORT, 1));
    expect(done).toMatchObject({ status: 'done', report: REPORT });
    for (const attribute of ['staged', 'sweepShard', 'sweepAt', 'leaseUntil', 'claimedBy']) {
      expect(done).not.toHaveProperty(attribute);
    }
  });
});
