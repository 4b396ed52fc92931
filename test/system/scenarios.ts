import { CALM, type Faults, NO_FAULTS, type Scenario } from './simulator/scenario.ts';

/** Everything at once, each of it far more often than any real account shows it. */
const STORM: Faults = {
  crash: 0.01,
  refused: 0.03,
  lostReply: 0.03,
  doubled: 0.02,
  conflict: 0.05,
  slow: 0.02,
  freeze: 0.005,
  duplicate: 0.2,
  vanish: 0.1,
  junk: 0.05,
  cutShort: 0.02,
  stumble: 0.01,
  twin: 0.05,
  lag: 3,
  skew: 300,
};

const MIXED = {
  ...CALM,
  jobs: 8,
  stormSeconds: 600,
  repeat: 0.3,
  lies: 0.3,
  redrive: 0.5,
  cancel: 0.15,
  hopeless: 0.15,
  large: 0.15,
  uploads: 0.3,
  badCells: 0.3,
  validate: 0.1,
};

const only = (faults: Partial<Faults>): Scenario => ({ ...MIXED, faults: { ...NO_FAULTS, ...faults } });
const without = (operations: RegExp, kind: 'refused' | 'lostReply'): Scenario => ({
  ...MIXED,
  hopeless: 0,
  outage: { operations, kind },
});

const slow = (operations: RegExp, takes: readonly [number, number]): Scenario => ({
  ...MIXED,
  slow: [{ operations, takes, from: 0, seconds: MIXED.stormSeconds }],
});

/** What the service lives through, each under its own name: `npm run simulate -- --scenario <name> --seed <number>`. */
export const SCENARIOS = {
  calm: { ...MIXED, cancel: 0, hopeless: 0 },
  storm: { ...MIXED, faults: STORM, sweepers: 2, tampered: 0.3 },
  hopeless: { ...MIXED, hopeless: 0.8 },
  'kills at any call': only({ crash: 0.06 }),
  'frozen workers that wake after their lease': only({ freeze: 0.05, crash: 0.01 }),
  'clocks wrong by five minutes': only({ skew: 300, freeze: 0.01, crash: 0.01 }),
  'every message up to five times, in any order': only({ duplicate: 1 }),
  'every other message lost': only({ vanish: 0.5 }),
  'replies lost': only({ lostReply: 0.15, doubled: 0.1 }),
  'calls throttled': only({ refused: 0.2 }),
  'commits in conflict': only({ conflict: 0.4, lostReply: 0.05 }),
  'renderers that stumble': only({ stumble: 0.1 }),
  'clients that change their mind at any time': {
    ...only({ crash: 0.02, freeze: 0.02, lostReply: 0.03 }),
    cancel: 0.8,
  },
  'callers that lie about every header': { ...MIXED, lies: 1, repeat: 1 },
  'uploads that are replaced or removed at any time': {
    ...only({ crash: 0.01 }),
    uploads: 1,
    tampered: 0.8,
    hopeless: 0,
  },
  'uploads that break off while they are read': { ...only({ cutShort: 0.1 }), uploads: 1 },
  'uploads with many bad cells': {
    ...only({ crash: 0.03, lostReply: 0.05, freeze: 0.01, conflict: 0.1 }),
    ...{ uploads: 1, badCells: 0.8, rows: [0, 40], rowMilliseconds: [20, 800] },
  },
  'requests for validation': { ...only({ crash: 0.03, lostReply: 0.05, freeze: 0.01 }), validate: 0.7, badCells: 0.5 },
  'strangers in the queue': only({ junk: 1, duplicate: 0.3 }),
  'two sweepers and an index that lags': { ...only({ lag: 8, vanish: 0.3, crash: 0.02 }), sweepers: 2 },
  'receipts that come to two invocations': only({ twin: 0.5, crash: 0.01, freeze: 0.01 }),
  'a bucket that takes a minute for each answer': slow(/^(reports|requests|datasets)\./, [5, 80]),
  'a table that takes seconds for each answer': slow(/^jobs\./, [1, 12]),
  'an idempotency table that takes seconds for each answer': slow(/^once\./, [1, 12]),
  'no table': without(/^jobs\./, 'refused'),
  'a table that never answers': without(/^jobs\./, 'lostReply'),
  'no queue': without(/^queue\./, 'refused'),
  'a queue that never answers': without(/^queue\./, 'lostReply'),
  'no bucket': without(/^(reports|requests|datasets)\./, 'refused'),
  'a bucket that never answers': without(/^(reports|requests|datasets)\./, 'lostReply'),
  'no idempotency table': without(/^once\./, 'refused'),
  'an idempotency table that never answers': without(/^once\./, 'lostReply'),
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;
