/**
 * The numbers of a stage. `settings.ts` holds what is chosen; here stands what follows from it, so that no two linked
 * numbers are typed twice. All durations are whole seconds unless the name says otherwise.
 */
import type { CallbackPolicy, JwtRules } from '../lambdas/contract.ts';
import {
  type Context,
  chooseSettings,
  chooseStage,
  type Settings,
  type Stage,
  SWEEP_INTERVAL_SECONDS,
  settingsFor,
} from './settings.ts';

const DAY = 24 * 60 * 60;

/** What is promised of calls and jobs; the alarms of the error budget are made of it. */
export interface Objectives {
  /** The share of calls that are answered. */
  readonly availability: number;
  /** The share of jobs that end in time, and not by a fault of the service. */
  readonly jobsInTime: number;
  readonly jobSeconds: number;
}

export interface Config extends Settings {
  readonly stage: Stage;
  readonly worker: {
    readonly timeout: number;
    /** How long an attempt may be believed alive: past its own death and past the Powertools lock. */
    readonly lease: number;
    /** Ours, fewer than the receives, so that a poison job ends by our hand and with a reason. */
    readonly attempts: number;
    readonly backOffBase: number;
    readonly backOffCap: number;
    /** `undefined` leaves the function in the account's common pool. */
    readonly reservedConcurrency: number | undefined;
    /**
     * How long Powertools remembers what was done. Work starts at most `queuedMaxAgeSeconds` after its row, so no record
     * outlives the row: an Idempotency-Key that is free again must not be given the old outcome.
     */
    readonly idempotencyExpiry: number;
  };
  readonly deadLetter: { readonly timeout: number; readonly maxConcurrency: number };
  readonly sweeper: { readonly interval: number; readonly timeout: number };
  readonly http: { readonly timeout: number };
  readonly queue: {
    readonly visibility: number;
    readonly receives: number;
    readonly retention: number;
    readonly deadLetterVisibility: number;
    readonly deadLetterRetention: number;
  };
  readonly callbacks: {
    readonly policy: CallbackPolicy;
    readonly timeout: number;
    readonly visibility: number;
    readonly maxConcurrency: number;
    readonly notifyTimeout: number;
    readonly notifyRetries: number;
  };
  readonly slo: Objectives;
  /** Whose tokens are taken; of use where `auth` is `jwt`. */
  readonly jwt: JwtRules;
  readonly retention: { readonly job: number; readonly report: number; readonly dataset: number };
  /** Links for people without credentials. */
  readonly shares: { readonly linkSeconds: number; readonly requestsPerSecond: number; readonly burst: number };
  /** What a dataset may cost. */
  readonly datasets: {
    /** As it is uploaded. */
    readonly maxBytes: number;
    readonly unpackedBytes: number;
    readonly ratio: number;
    readonly rows: number;
    /** In characters. */
    readonly recordLength: number;
    readonly depth: number;
    readonly rowGroupBytes: number;
  };
}

const MEBI = 1024 * 1024;

/** More than the engines render in a second: beyond it a job would run into the worker's timeout anyway. */
const UNPACKED_BYTES_PER_SECOND = 25 * MEBI;
const ROWS_PER_SECOND = 100_000;
/** The part of the worker's memory that a row group of Parquet may take while it is packed. */
const ROW_GROUP_SHARE = 1 / 8;

/** Of the calls that the API takes, those that nobody has to sign. */
const SHARED_PART = 1 / 10;

/** AWS's rule for a queue in front of a function: six timeouts, so that throttled tries do not make duplicates. */
const VISIBILITY_TIMEOUTS = 6;

const DEAD_LETTER_TIMEOUT_SECONDS = 30;

/** A receiver has 15 seconds; what is left is for the table and the queue. */
const CALLBACK_TIMEOUT_SECONDS = 30;

/** @throws InvalidSetting when the context asks for what cannot be. */
export function readConfig(context: Context): Config {
  const stage = chooseStage(context);
  return deriveConfig(stage, chooseSettings(stage, context));
}

/**
 * A stage with some settings of one's own.
 * @throws InvalidSetting when they cannot be, alone or together.
 */
export function configFor(stage: Stage, wanted: Partial<Settings> = {}): Config {
  return deriveConfig(stage, settingsFor(stage, wanted));
}

function deriveConfig(stage: Stage, settings: Settings): Config {
  const { workerTimeoutSeconds: timeout, maxConcurrency } = settings;
  const job = settings.jobRetentionDays * DAY;
  return {
    ...settings,
    stage,
    worker: {
      timeout,
      lease: timeout + settings.leaseMarginSeconds,
      attempts: 3,
      backOffBase: 5,
      backOffCap: 15 * 60,
      reservedConcurrency: settings.reserveConcurrency ? maxConcurrency : undefined,
      idempotencyExpiry: job - settings.queuedMaxAgeSeconds,
    },
    deadLetter: { timeout: DEAD_LETTER_TIMEOUT_SECONDS, maxConcurrency: 2 },
    // A sweep that overlapped the next one would be harmless, and wasteful.
    sweeper: { interval: SWEEP_INTERVAL_SECONDS, timeout: SWEEP_INTERVAL_SECONDS - 10 },
    // API Gateway gives up after 29 s; a caller that waits for a put and a send should hear of trouble sooner.
    http: { timeout: 10 },
    queue: {
      visibility: VISIBILITY_TIMEOUTS * timeout,
      receives: 5,
      retention: 4 * DAY,
      deadLetterVisibility: VISIBILITY_TIMEOUTS * DEAD_LETTER_TIMEOUT_SECONDS,
      // The longest that SQS keeps a message: its clock runs from the first send, not from the move.
      deadLetterRetention: 14 * DAY,
    },
    callbacks: {
      policy: stage === 'local' ? 'anywhere' : 'public',
      timeout: CALLBACK_TIMEOUT_SECONDS,
      visibility: VISIBILITY_TIMEOUTS * CALLBACK_TIMEOUT_SECONDS,
      maxConcurrency: 10,
      notifyTimeout: 30,
      // The sweeper brings the callbacks in any case; for an event on the bus there is no other way than this one.
      notifyRetries: 100,
    },
    jwt: jwtRules(settings),
    slo: { availability: 0.999, jobsInTime: 0.99, jobSeconds: settings.sloJobSeconds },
    // A person clicks and downloads; a link that was passed on must not last.
    shares: {
      linkSeconds: 5 * 60,
      requestsPerSecond: Math.ceil(settings.requestsPerSecond * SHARED_PART),
      burst: Math.ceil(settings.requestBurst * SHARED_PART),
    },
    retention: { job, report: settings.reportRetentionDays * DAY, dataset: settings.datasetRetentionDays * DAY },
    datasets: {
      maxBytes: settings.datasetMaxMb * MEBI,
      unpackedBytes: timeout * UNPACKED_BYTES_PER_SECOND,
      ratio: settings.datasetMaxRatio,
      rows: timeout * ROWS_PER_SECOND,
      recordLength: settings.datasetMaxRecordKb * 1024,
      depth: settings.datasetMaxDepth,
      rowGroupBytes: Math.floor(settings.workerMemoryMb * ROW_GROUP_SHARE) * MEBI,
    },
  };
}

function jwtRules({ jwtIssuer, jwtAudience, ...settings }: Settings): JwtRules {
  const audiences = jwtAudience.split(',');
  return {
    issuers: jwtIssuer.split(',').map((issuer, i) => ({ issuer, audience: audiences[i] ?? '' })),
    tenantClaim: settings.jwtTenantClaim,
    readScope: settings.jwtReadScope,
    writeScope: settings.jwtWriteScope,
  };
}
