// Longer than a file should be: everything that two worlds share stands in one place, to be read as one.
/**
 * The one file that the stack and the functions share: names, limits, and the answers of the API. Imports nothing.
 * All durations are whole seconds.
 */

/**
 * Where the tenant comes from: the principal that signed the call, a claim of a token that an issuer signed, or nowhere.
 * `none` takes every caller for one tenant and is for a machine of one's own.
 */
export const AUTHS = ['iam', 'jwt', 'none'] as const;
export type Auth = (typeof AUTHS)[number];

/** Whose tokens are taken, and what for; JSON in `JWT_RULES`. */
export interface JwtRules {
  readonly issuers: readonly { readonly issuer: string; readonly audience: string }[];
  /** The claim that names the tenant. */
  readonly tenantClaim: string;
  /** The scope that a token needs to read (GET), and to write (everything else); empty: none. */
  readonly readScope: string;
  readonly writeScope: string;
}

/** The member of the authorizer's context in which the functions find the tenant. */
export const TENANT_CONTEXT = 'tenant';

/** Where callbacks may go. `anywhere` is for the local stage, whose receivers listen on the machine itself. */
export const CALLBACK_POLICIES = ['public', 'anywhere'] as const;
export type CallbackPolicy = (typeof CALLBACK_POLICIES)[number];

/** The `source` of this service's events on the account's bus. */
export const EVENT_SOURCE = 'quire';

/** What every function is given besides its own keys: the name of the service, which distinguishes its metrics. */
export const COMMON_ENVIRONMENT = ['SERVICE'] as const;

/**
 * Which environment keys each function is given. The construct must supply exactly these and the handler parses exactly
 * these, so a key can neither be missing nor be left over.
 */
export const ENVIRONMENT = {
  authorizer: ['JWT_RULES'],
  enqueue: [
    'AUTH', // one of AUTHS
    'JOBS_TABLE',
    'QUEUE_URL',
    'BUCKET',
    'CALLBACK_POLICY', // one of CALLBACK_POLICIES
    'REPORT_SOURCES', // JSON: SourceAddresses
    'DATASET_RETENTION_SECONDS',
    'DATASET_MAX_BYTES', // as it is uploaded
    'JOB_RETENTION_SECONDS', // how long the row lives
    'UNSENT_GRACE_SECONDS', // how long an accepted job may stay unsent before the sweeper sends it
    'QUEUED_WAIT_SECONDS', // how long a sent job may wait before the sweeper sends again
  ],
  worker: [
    'JOBS_TABLE',
    'IDEMPOTENCY_TABLE',
    'QUEUE_URL',
    'BUCKET',
    'LEASE_SECONDS',
    'MAX_ATTEMPTS',
    'BACKOFF_BASE_SECONDS',
    'BACKOFF_CAP_SECONDS',
    'SWEEP_INTERVAL_SECONDS',
    'REPORT_RETENTION_SECONDS',
    'IDEMPOTENCY_EXPIRY_SECONDS',
    'DEADLINE_MARGIN_SECONDS', // the worker stops by itself when less time than this remains
    'DATASET_MAX_UNPACKED_BYTES',
    'DATASET_MAX_RATIO', // of what comes out of a compressed dataset to what goes in
    'DATASET_MAX_ROWS',
    'DATASET_MAX_RECORD_LENGTH', // characters of a line or an element
    'DATASET_MAX_DEPTH', // of JSON
    'DATASET_MAX_ROW_GROUP_BYTES', // of Parquet
    'REPORT_SOURCES', // JSON: SourceAddresses
  ],
  datasets: ['AUTH', 'BUCKET', 'LINK_SECONDS', 'DATASET_RETENTION_SECONDS', 'DATASET_MAX_BYTES'],
  status: ['AUTH', 'JOBS_TABLE', 'BUCKET', 'LINK_SECONDS'],
  cancel: ['AUTH', 'JOBS_TABLE'],
  list: ['AUTH', 'JOBS_TABLE'],
  shares: ['AUTH', 'JOBS_TABLE'],
  files: ['JOBS_TABLE', 'BUCKET', 'LINK_SECONDS'],
  redrive: [
    'AUTH',
    'JOBS_TABLE',
    'QUEUE_URL',
    'BUCKET',
    'JOB_RETENTION_SECONDS',
    'UNSENT_GRACE_SECONDS',
    'QUEUED_WAIT_SECONDS',
  ],
  sweeper: [
    'JOBS_TABLE',
    'QUEUE_URL',
    'BUCKET',
    'MAX_ATTEMPTS',
    'QUEUED_WAIT_SECONDS',
    'QUEUED_MAX_AGE_SECONDS', // a job that waited longer ends as error: EXPIRED_IN_QUEUE
    'REPORT_RETENTION_SECONDS',
    'CALLBACK_QUEUE_URL',
  ],
  deadLetter: [
    'JOBS_TABLE',
    'BUCKET',
    'MAX_ATTEMPTS',
    'QUEUED_WAIT_SECONDS',
    'QUEUED_MAX_AGE_SECONDS',
    'REPORT_RETENTION_SECONDS',
  ],
  notify: ['CALLBACK_QUEUE_URL'],
  callback: [
    'JOBS_TABLE',
    'CALLBACK_QUEUE_URL',
    'CALLBACK_DEAD_LETTER_URL',
    'CALLBACK_SECRET',
    'CALLBACK_POLICY', // one of CALLBACK_POLICIES
  ],
  callbackSecret: ['AUTH', 'CALLBACK_SECRET'],
  openApi: ['AUTH'],
} as const;

/** A function of the service; its entry is `lambdas/functions/{folder}/handler.ts`, with `dead-letter` for `deadLetter`. */
export type FunctionName = keyof typeof ENVIRONMENT;

/** The environment of one function: every key of its list, nothing else. */
export type Environment<F extends FunctionName> = Readonly<Record<(typeof ENVIRONMENT)[F][number], string>>;

/** Where the metrics stand in CloudWatch, each under the dimension `Service`; `Failed` also under `Service` and `code`. */
export const METRICS_NAMESPACE = 'Quire';

/** Every metric of our own, and its unit. A metric is part of the log line of what it counts. */
export const METRICS = {
  Accepted: 'Count',
  Replayed: 'Count', // answered with a job that there was
  QueueSeconds: 'Seconds', // from the opening of a job to its first claim
  Done: 'Count',
  Failed: 'Count', // ended as error, for whatever reason
  Faults: 'Count', // those of them that are the service's fault: SERVICE_FAULTS
  Cancelled: 'Count', // ended because the client wanted it no more
  JobSeconds: 'Seconds', // from the opening of a job to its end
  RenderSeconds: 'Seconds', // of the attempt that made the file
  Rows: 'Count',
  Bytes: 'Bytes',
  Attempts: 'Count', // that a job took until its end
  Hindered: 'Count', // attempts that something outside the job was in the way of
  SweepRounds: 'Count',
  Swept: 'Count', // jobs that nobody moved, and for which the sweeper sent again
  DeadLetters: 'Count', // messages that were looked at in the dead-letter queue
  Callbacks: 'Count', // delivered
  CallbackFailures: 'Count', // nobody took them in all their tries
  LinksSigned: 'Count', // to download or upload a file
} as const satisfies Record<string, 'Count' | 'Seconds' | 'Bytes'>;

export type MetricName = keyof typeof METRICS;

/** The jobs table: its key, its indexes and the attributes that they need. */
export const JOBS_TABLE = {
  key: 'id',
  ttl: 'expiresAt',
  byTenant: { name: 'byTenant', partition: 'tenant', sort: 'createdAt' },
  sweep: { name: 'sweep', partition: 'sweepShard', sort: 'sweepAt' },
} as const;

/** Powertools' own attribute names. */
export const IDEMPOTENCY_TABLE = { key: 'id', ttl: 'expiration' } as const;

/** The folders of the bucket; lifecycle rules and grants are written in terms of them. */
export const PREFIXES = { requests: 'requests/', datasets: 'datasets/', reports: 'reports/' } as const;

/** The largest body of `POST /generate`, in bytes. Lambda takes 6 MB in all, in which the body stands in base64. */
export const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/** What the API speaks, and what a refusal is written in (RFC 9457). */
export const JSON_TYPE = 'application/json';
export const PROBLEM_TYPE = 'application/problem+json';

/**
 * Every refusal of the API, whether a function or API Gateway itself refuses: the one table from codes to HTTP. A code
 * that is published is never renamed, because clients branch on it.
 */
export const PROBLEMS = {
  BAD_REQUEST: { status: 400, title: 'Bad request' },
  MALFORMED_JSON: { status: 400, title: 'Malformed JSON' },
  INVALID_IDEMPOTENCY_KEY: { status: 400, title: 'Invalid Idempotency-Key' },
  UNAUTHENTICATED: { status: 401, title: 'Not authenticated' },
  FORBIDDEN: { status: 403, title: 'Forbidden' },
  INVALID_SIGNATURE: { status: 403, title: 'Invalid signature' },
  EXPIRED_TOKEN: { status: 403, title: 'Expired credentials' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  INVALID_QUERY: { status: 400, title: 'Invalid query' },
  NOT_DONE: { status: 409, title: 'Job has no file' },
  NOT_FAILED: { status: 409, title: 'Job has not failed' },
  TOO_MANY_SHARES: { status: 409, title: 'Too many shares' },
  REQUEST_GONE: { status: 409, title: 'Request gone' },
  DATASET_GONE: { status: 409, title: 'Dataset gone' },
  JOB_ENDED: { status: 409, title: 'Job has ended' },
  GONE: { status: 410, title: 'Gone' },
  BODY_TOO_LARGE: { status: 413, title: 'Body too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type' },
  INVALID_REQUEST: { status: 422, title: 'Invalid request' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'Idempotency-Key reused' },
  THROTTLED: { status: 429, title: 'Too many requests' },
  UNAVAILABLE: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The route by which the status function is asked for the file itself. */
export const DOWNLOAD_ROUTE = '/download/{id}';

/** The `type` of a problem: a name, not an address, because there is nothing to be fetched. */
export function problemType(code: ProblemCode): string {
  return `urn:quire:problem:${code.toLowerCase().replaceAll('_', '-')}`;
}

/** What can be wrong at one place of a request; the problem that names it is `INVALID_REQUEST`. */
export const FAULT_CODES = [
  'INVALID_VALUE',
  'UNKNOWN_MEMBER',
  'TOO_MANY_MEMBERS',
  'TOO_LONG',
  'TOO_MANY_ITEMS',
  'NOT_UNICODE',
  'DUPLICATE_KEY',
  'UNKNOWN_COLUMN',
  'TOO_MANY_COLUMNS',
  'ROW_TOO_LONG',
  'INVALID_CELL',
  'CELL_TOO_LONG',
  'TOO_MANY_CELLS',
  'TOO_MANY_GROUPS',
  'UNKNOWN_DATASET',
  'DATASET_TOO_LARGE',
  'UNKNOWN_REPORT',
] as const;

export type FaultCode = (typeof FAULT_CODES)[number];

/** Every reason for which a job ends as `error`, and whether the same request, posted again, may succeed. */
export const FAILURES = {
  REQUEST_LOST: { retryable: false },
  REQUEST_UNREADABLE: { retryable: false },
  ROWS_MISCOUNTED: { retryable: false },
  DATASET_CHANGED: { retryable: false },
  DATASET_GONE: { retryable: false },
  DATASET_MALFORMED: { retryable: false },
  DATASET_TRUNCATED: { retryable: false },
  DATASET_ENCODING: { retryable: false },
  DATASET_COMPRESSION: { retryable: false },
  DATASET_COLUMNS: { retryable: false },
  DATASET_OVER_LIMIT: { retryable: false },
  BAD_CELL: { retryable: false },
  TOO_MANY_BAD_CELLS: { retryable: false },
  REPORT_GONE: { retryable: false },
  REPORT_ROWS: { retryable: false },
  REPORT_FAILED: { retryable: false },
  REPORT_SOURCE_MISSING: { retryable: false },
  REPORT_SOURCE_REFUSED: { retryable: false },
  TOO_LARGE: { retryable: false },
  REPORT_CONFLICT: { retryable: false },
  REPORT_SOURCE_CHANGED: { retryable: true },
  UPLOAD_CONFLICT: { retryable: true },
  UPLOAD_REFUSED: { retryable: true },
  DATASET_INTERRUPTED: { retryable: true },
  WORKER_LOST: { retryable: true },
  EXPIRED_IN_QUEUE: { retryable: true },
  INTERNAL: { retryable: true },
} as const satisfies Record<string, { readonly retryable: boolean }>;

export type FailureCode = keyof typeof FAILURES;

/** The failures that the operator of the service has to answer for; the others are caused by the request or its rows. */
export const SERVICE_FAULTS: readonly FailureCode[] = [
  'REQUEST_LOST',
  'REQUEST_UNREADABLE',
  'ROWS_MISCOUNTED',
  'REPORT_ROWS',
  'REPORT_SOURCE_MISSING',
  'REPORT_CONFLICT',
  'UPLOAD_CONFLICT',
  'UPLOAD_REFUSED',
  'WORKER_LOST',
  'EXPIRED_IN_QUEUE',
  'INTERNAL',
];
