import { configFor } from '../../lib/config.ts';

/** A deployed stage as its configuration derives it; nothing of it is typed again for tests. */
const config = configFor('dev');

/** What its functions are given, in seconds. */
export const SETTINGS = {
  callbackPolicy: config.callbacks.policy,
  maxAttempts: config.worker.attempts,
  lease: config.worker.lease,
  workerTimeout: config.worker.timeout,
  deadlineMargin: config.deadlineMarginSeconds,
  backoffBase: config.worker.backOffBase,
  backoffCap: config.worker.backOffCap,
  sweepInterval: config.sweeper.interval,
  reportRetention: config.retention.report,
  jobRetention: config.retention.job,
  unsentGrace: config.unsentGraceSeconds,
  queuedWait: config.queuedWaitSeconds,
  queuedMaxAge: config.queuedMaxAgeSeconds,
  datasetRetention: config.retention.dataset,
  datasetMaxBytes: config.datasets.maxBytes,
  link: config.linkSeconds,
} as const;

/** How long the other functions may run, in seconds. */
export const TIMEOUTS = {
  http: config.http.timeout,
  deadLetter: config.deadLetter.timeout,
  sweeper: config.sweeper.timeout,
} as const;

export const QUEUES = {
  visibility: config.queue.visibility,
  deadLetterVisibility: config.queue.deadLetterVisibility,
  maxReceives: config.queue.receives,
} as const;

/** Where the API would be. */
export const addressOf = (path: string): string => `https://api.example.com/prod/${path}`;
