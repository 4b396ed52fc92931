/**
 * What is chosen for a stage, and what may be chosen instead with `-c name=value`. Everything is checked at synth: a
 * stack with an impossible number never reaches an account.
 */
import { AUTHS, type Auth } from '../lambdas/contract.ts';
import { chooseFlag, chooseNumber, chooseOne, chooseText, InvalidSetting, type TextForm } from './choosing.ts';

export const STAGES = ['local', 'dev', 'prod'] as const;
export type Stage = (typeof STAGES)[number];

/** The shortest interval that a schedule can have. */
export const SWEEP_INTERVAL_SECONDS = 60;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
];

/** The bounds of each number that is chosen; both ends are allowed. */
const BOUNDS = {
  workerTimeoutSeconds: [10, 900], // Lambda's own limit
  workerMemoryMb: [512, 10_240],
  maxConcurrency: [2, 1000], // of an SQS event source
  leaseMarginSeconds: [1, 600],
  deadlineMarginSeconds: [1, 600],
  unsentGraceSeconds: [10, 600], // shorter, and the sweeper races with a send that is under way
  queuedWaitSeconds: [30, 3600],
  queuedMaxAgeSeconds: [3600, 4 * 86_400], // beyond the queue's retention no message can be waiting
  jobRetentionDays: [18, 365], // a message lives 4 days in the queue and 14 in the dead-letter queue: its row outlives it
  reportRetentionDays: [1, 365],
  datasetRetentionDays: [1, 365],
  datasetMaxMb: [1, 5120], // what S3 takes in one upload
  datasetMaxRatio: [10, 1032], // gzip cannot do more
  datasetMaxRecordKb: [1, 16_384],
  datasetMaxDepth: [2, 200],
  linkSeconds: [60, 3600],
  logRetentionDays: [1, 2922],
  requestsPerSecond: [1, 10_000],
  requestBurst: [1, 5000],
  sloJobSeconds: [10, 86_400], // from the acceptance to the end of a job that counts as in time
} as const satisfies Record<string, readonly [number, number]>;

/** What is switched on or off. */
const FLAGS = ['alarms', 'protect', 'tracing', 'reserveConcurrency'] as const;

/** What is text; an empty one means that there is none. */
const TEXTS = {
  alarmEmail: { form: /^$|^[^\s@]+@[^\s@]+$/, allowed: 'an address, or nothing' },
  jwtIssuer: {
    form: /^$|^https?:\/\/[^\s,]+(,https?:\/\/[^\s,]+)*$/,
    allowed: 'addresses of issuers, with commas between',
  },
  jwtAudience: { form: /^[^\s,]*(,[^\s,]+)*$/, allowed: 'an audience for each issuer, with commas between' },
  jwtTenantClaim: { form: /^\S+$/, allowed: 'the name of a claim' },
  jwtReadScope: { form: /^\S*$/, allowed: 'one scope, or nothing' },
  jwtWriteScope: { form: /^\S*$/, allowed: 'one scope, or nothing' },
} as const satisfies Record<string, TextForm>;

const NUMBER_NAMES = Object.keys(BOUNDS) as (keyof typeof BOUNDS)[];
const TEXT_NAMES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];

type Numbers = { readonly [name in keyof typeof BOUNDS]: number };
/** `protect`: keeps tables, bucket and API when the stack goes. `alarms`: alarms, their topic and the dashboard. */
type Flags = { readonly [name in (typeof FLAGS)[number]]: boolean };
/** `alarmEmail`: who receives alarms, in addition to the topic. */
type Texts = { readonly [name in keyof typeof TEXTS]: string };

export interface Settings extends Numbers, Flags, Texts {
  readonly auth: Auth;
  readonly architecture: 'arm64' | 'x86_64';
  /** Pins the stack to one account and region; `undefined` deploys to whichever the credentials are for. */
  readonly home: { readonly account: string; readonly region: string } | undefined;
}

const DEV: Settings = {
  auth: 'iam',
  workerTimeoutSeconds: 300,
  workerMemoryMb: 1769, // one whole vCPU
  // A new account may run ten functions at once in all: half of them are left to the API.
  maxConcurrency: 5,
  reserveConcurrency: false,
  leaseMarginSeconds: 60,
  deadlineMarginSeconds: 30,
  unsentGraceSeconds: 30,
  queuedWaitSeconds: 240,
  queuedMaxAgeSeconds: 86_400,
  jobRetentionDays: 30,
  reportRetentionDays: 7,
  datasetRetentionDays: 2,
  datasetMaxMb: 2048,
  datasetMaxRatio: 250,
  datasetMaxRecordKb: 1024,
  datasetMaxDepth: 32,
  linkSeconds: 15 * 60,
  logRetentionDays: 14,
  requestsPerSecond: 50,
  requestBurst: 100,
  sloJobSeconds: 600,
  alarms: false,
  alarmEmail: '',
  jwtIssuer: '',
  jwtAudience: '',
  jwtTenantClaim: 'sub',
  jwtReadScope: '',
  jwtWriteScope: '',
  protect: false,
  tracing: true,
  architecture: 'arm64',
  home: undefined,
};

const DEFAULTS: Record<Stage, Settings> = {
  local: {
    ...DEV,
    auth: 'none',
    workerTimeoutSeconds: 30,
    maxConcurrency: 4, // each worker is a process of its own on the newcomer's machine
    leaseMarginSeconds: 5, // one machine, one clock
    deadlineMarginSeconds: 5,
    queuedWaitSeconds: 60,
    requestsPerSecond: 10_000,
    requestBurst: 5000,
    logRetentionDays: 1, // and no alarms: the emulator's CloudFormation takes no metric math
    tracing: false,
    architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    // The emulators' account, which nobody owns: a stage that asks nobody who they are cannot be deployed anywhere else.
    home: { account: '000000000000', region: 'us-east-1' },
  },
  dev: DEV,
  prod: {
    ...DEV,
    maxConcurrency: 10,
    reserveConcurrency: true,
    logRetentionDays: 90,
    requestsPerSecond: 200,
    requestBurst: 400,
    alarms: true,
    protect: true,
  },
};

/** Reads a value by name from the context (`-c name=value`, cdk.json); `undefined` where it was not given. */
export type Context = (name: string) => unknown;

/** @throws InvalidSetting */
export function chooseStage(context: Context): Stage {
  return chooseOne('stage', context('stage'), STAGES);
}

/** Of the stack; CloudFormation's rule, and short enough to begin the names of its resources. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,59}$/;

/**
 * The stack's name: another one puts a second service of the same stage beside the first.
 * @throws InvalidSetting
 */
export function chooseName(context: Context, stage: Stage): string {
  const name = context('name') ?? `Quire-${stage}`;
  if (typeof name === 'string' && STACK_NAME.test(name)) return name;
  throw new InvalidSetting('name', name, 'up to 60 letters, digits and hyphens, a letter first');
}

/** @throws InvalidSetting */
export function chooseSettings(stage: Stage, context: Context): Settings {
  const given = [...NUMBER_NAMES, ...FLAGS, ...TEXT_NAMES, 'auth'].map((name) => [name, context(name)] as const);
  return settingsFor(stage, Object.fromEntries(given.filter(([, value]) => value !== undefined)));
}

/**
 * The defaults of a stage with what is wanted instead, checked: numbers may be text, as they come from a command line.
 * @throws InvalidSetting
 */
export function settingsFor(stage: Stage, wanted: { readonly [name in keyof Settings]?: unknown }): Settings {
  const chosen = { ...DEFAULTS[stage], ...wanted };
  const numbers = NUMBER_NAMES.map((name) => [name, chooseNumber(name, chosen[name], BOUNDS[name])] as const);
  const flags = FLAGS.map((name) => [name, chooseFlag(name, chosen[name])] as const);
  const texts = TEXT_NAMES.map((name) => [name, chooseText(name, chosen[name], TEXTS[name])] as const);
  const auth = chooseOne('auth', chosen.auth, AUTHS);
  const settings = { ...chosen, ...Object.fromEntries([...numbers, ...flags, ...texts]), auth } as Settings;
  checkTogether(stage, settings);
  return settings;
}

function checkTogether(stage: Stage, settings: Settings): void {
  const { auth, workerTimeoutSeconds, deadlineMarginSeconds, logRetentionDays } = settings;
  if (auth === 'none' && stage !== 'local') {
    throw new InvalidSetting('auth', auth, `iam, jwt on stage ${stage}; none is for the local stage alone`);
  }
  checkIssuers(stage, settings);
  if (deadlineMarginSeconds * 2 > workerTimeoutSeconds) {
    const allowed = `at most half the worker's timeout: ${Math.floor(workerTimeoutSeconds / 2)}`;
    throw new InvalidSetting('deadlineMarginSeconds', deadlineMarginSeconds, allowed);
  }
  checkRetention(settings);
  if (!LOG_RETENTION_DAYS.includes(logRetentionDays)) {
    throw new InvalidSetting('logRetentionDays', logRetentionDays, LOG_RETENTION_DAYS.join(', '));
  }
}

/** Tokens of nobody in particular would be tokens of everybody; and keys that came in the clear are anybody's. */
function checkIssuers(stage: Stage, { auth, jwtIssuer, jwtAudience }: Settings): void {
  if (auth !== 'jwt') return;
  const issuers = jwtIssuer.split(',');
  const isSecret = issuers.every((issuer) => issuer.startsWith('https:') || stage === 'local');
  if (jwtIssuer === '' || !isSecret) throw new InvalidSetting('jwtIssuer', jwtIssuer, 'https addresses of issuers');
  if (jwtAudience !== '' && jwtAudience.split(',').length === issuers.length) return;
  throw new InvalidSetting('jwtAudience', jwtAudience, 'an audience for each issuer, with commas between');
}

/** S3 removes what has expired at the midnight (UTC) after it. */
const LIFECYCLE_LAG_DAYS = 1;

/**
 * The row must outlive the file: nobody could ask for it otherwise. The row's time runs from acceptance; that of the
 * file from its publication, which may be as much later as a job may wait.
 */
function checkRetention({ jobRetentionDays, reportRetentionDays, queuedMaxAgeSeconds }: Settings): void {
  const most = jobRetentionDays - Math.ceil(queuedMaxAgeSeconds / 86_400) - LIFECYCLE_LAG_DAYS;
  if (reportRetentionDays <= most) return;
  const allowed = `at most ${most}: the job's ${jobRetentionDays} days must outlast the wait, the file and its removal`;
  throw new InvalidSetting('reportRetentionDays', reportRetentionDays, allowed);
}
