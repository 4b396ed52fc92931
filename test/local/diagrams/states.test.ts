import { expect, it } from 'vitest';
import type { Change } from '../../../lambdas/domain/change.ts';
import { jobError } from '../../../lambdas/domain/failures.ts';
import {
  type CancelledJob,
  type EndedJob,
  type FailedJob,
  isOpen,
  type Job,
  type OpenJob,
  type ProcessingJob,
  type QueuedJob,
  type Report,
} from '../../../lambdas/domain/job.ts';
import * as transitions from '../../../lambdas/domain/transitions.ts';
import { states } from '../../../local/diagrams/sources/states.ts';
import { holds } from '../../support/memory/conditions.ts';

const NOW = 1_000_000;
const LATER = NOW + 60_000;
const ERROR = jobError('INTERNAL', 'It failed.');
const REPORT: Report = { key: 'k', contentType: 't', sizeBytes: 1, sha256: 'h', rows: 2, warnings: [] };
const VALIDATION = { passed: true, rows: 1, faultCount: 0, faults: [] };
const BACK_OFF = { notBefore: NOW, sweepAt: LATER };

const queued: QueuedJob = {
  ...{ id: 'j', tenant: 't', format: 'xlsx', fileName: 'a.xlsx', reference: null, requestHash: 'h', acceptId: 'a' },
  ...{ request: { kind: 'inline', json: '{}' }, createdAt: '', openedAt: '', expiresAt: 1, generation: 1 },
  ...{ status: 'queued', attempt: 0, tries: 0, sends: 0, sweepShard: 's#0', sweepAt: NOW - 1 },
};
const held = {
  ...queued,
  status: 'processing',
  startedAt: '',
  claimedBy: 'w',
  staged: [],
  attempt: 1,
  tries: 1,
} as const;
const alive: ProcessingJob = { ...held, leaseUntil: LATER };
const dead: ProcessingJob = { ...held, leaseUntil: NOW - 1 };
const owed = {
  startedAt: '',
  finishedAt: '',
  callbackState: 'pending',
  callbackAttempts: 0,
  sweepAt: NOW - 1,
} as const;
const done: EndedJob = { ...queued, ...owed, status: 'done', report: REPORT, reportExpiresAt: 1 };
const failed: FailedJob = { ...queued, ...owed, status: 'error', error: ERROR };
const unwanted: ProcessingJob = { ...dead, cancelRequestedAt: '' };
const cancelled: EndedJob = { ...queued, ...owed, status: 'cancelled' };
const told: EndedJob = { ...queued, ...owed, status: 'cancelled', callbackState: 'delivered', attempt: 1 };
const ROWS: readonly Job[] = [queued, alive, dead, unwanted, done, failed, cancelled, told];

type Asked = (row: Job) => Change | undefined;
const ofOpen =
  (ask: (row: OpenJob) => Change): Asked =>
  (row) =>
    isOpen(row) ? ask(row) : undefined;
const ofEnded =
  (ask: (row: EndedJob) => Change): Asked =>
  (row) =>
    isOpen(row) ? undefined : ask(row as EndedJob);

/** Each transition, asked for by somebody who has read the row as it stands. */
const ASKED: Readonly<Record<string, Asked>> = {
  claim: () => transitions.claim({ generation: 1, claimedBy: 'w', now: NOW, leaseUntil: LATER, maxAttempts: 3 }),
  markSent: ofOpen((row) => transitions.markSent(row, NOW, LATER)),
  sendFailed: ofOpen((row) => transitions.sendFailed(row, row.sweepAt)),
  heartbeat: (row) => transitions.heartbeat(row, { rowsWritten: 1 }),
  stage: (row) => (row.status === 'processing' ? transitions.stage(row, { ...REPORT, attempt: 1 }) : undefined),
  giveBack: (row) => transitions.giveBack(row, BACK_OFF, ERROR),
  giveBackUncounted: (row) => transitions.giveBackUncounted(row, BACK_OFF),
  finishDone: (row) => transitions.finishDone(row, NOW, REPORT, 1),
  finishValidated: (row) => transitions.finishValidated(row, NOW, VALIDATION),
  finishError: (row) => transitions.finishError(row, NOW, ERROR),
  cancelQueued: (row) => transitions.cancelQueued(row, NOW),
  requestCancel: (row) => (row.status === 'processing' ? transitions.requestCancel(row, NOW) : undefined),
  finishCancelled: (row) => transitions.finishCancelled(row, NOW),
  rescueCancelled: ofOpen((row) => transitions.rescueCancelled(row, NOW)),
  rescueDone: ofOpen((row) => transitions.rescueDone(row, NOW, REPORT, 1)),
  rescueError: ofOpen((row) => transitions.rescueError(row, NOW, ERROR)),
  redrive: (row) => (row.status === 'error' ? transitions.redrive(row as FailedJob, NOW, LATER, 1) : undefined),
  markCallbackSent: ofEnded((row) => transitions.markCallbackSent(row, LATER)),
  markCleared: (row) => (row.status === 'cancelled' ? transitions.markCleared(row as CancelledJob) : undefined),
  recordCallback: ofEnded((row) => transitions.recordCallback(row, { state: 'delivered', status: 204 })),
};

/** What the code can write: `from -> to: transition`. */
function written(): string[] {
  const found = new Set<string>();
  for (const [name, ask] of Object.entries(ASKED)) {
    for (const row of ROWS) {
      const change = ask(row);
      if (change === undefined || !holds(change.when, { ...row })) continue;
      expect(change.name).toBe(name);
      found.add(`${row.status} -> ${change.set.status ?? row.status}: ${name}`);
    }
  }
  return [...found].sort();
}

/** What the card of both open states stands for: only a job that was taken can bear a wish to cancel it. */
const OPEN: Readonly<Record<string, readonly string[]>> = { rescueCancelled: ['processing'] };
const BOTH = ['queued', 'processing'];

function drawn(): string[] {
  return states.arrows
    .flatMap(({ from, to, transitions: names = [] }) => {
      return names.flatMap((name) => {
        const starts = from === 'open' ? (OPEN[name] ?? BOTH) : [from];
        return starts.map((start) => `${start} -> ${to === 'open' ? start : to}: ${name}`);
      });
    })
    .sort();
}

it('the diagram draws the transitions that the code can write, and no other', () => {
  expect(drawn()).toEqual(written());
});

it('every transition is asked for here', () => {
  expect(Object.keys(ASKED).sort()).toEqual(Object.keys(transitions).sort());
});
