/**
 * The one file that the stack and the functions share: which environment keys each function is given. The construct
 * must supply exactly these and the handler parses exactly these, so a key can neither be missing nor be left over.
 * Imports nothing. All durations are whole seconds.
 */
export const ENVIRONMENT = {
  enqueue: [
    'AUTH', // 'iam' | 'none': where the tenant comes from
    'JOBS_TABLE',
    'QUEUE_URL',
    'BUCKET',
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
  ],
  status: ['AUTH', 'JOBS_TABLE', 'BUCKET', 'LINK_SECONDS'],
  sweeper: [
    'JOBS_TABLE',
    'QUEUE_URL',
    'BUCKET',
    'MAX_ATTEMPTS',
    'QUEUED_WAIT_SECONDS',
    'QUEUED_MAX_AGE_SECONDS', // a job that waited longer ends as error: EXPIRED_IN_QUEUE
    'REPORT_RETENTION_SECONDS',
  ],
  deadLetter: [
    'JOBS_TABLE',
    'BUCKET',
    'MAX_ATTEMPTS',
    'QUEUED_WAIT_SECONDS',
    'QUEUED_MAX_AGE_SECONDS',
    'REPORT_RETENTION_SECONDS',
  ],
} as const;

/** A function of the service; its entry is `lambdas/functions/{folder}/handler.ts`, with `dead-letter` for `deadLetter`. */
export type FunctionName = keyof typeof ENVIRONMENT;

/** The environment of one function: every key of its list, nothing else. */
export type Environment<F extends FunctionName> = Readonly<Record<(typeof ENVIRONMENT)[F][number], string>>;

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

/** The largest body of `POST /generate`, in bytes. Lambda takes 6 MB in all, in which the body stands escaped. */
export const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
