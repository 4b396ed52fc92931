import { OutOfTime } from '../../domain/failures.ts';
import type { ProcessingJob } from '../../domain/job.ts';
import type { Delivery } from '../../domain/ports.ts';
import type { WorkPorts, WorkSettings } from './ports.ts';
import type { Stopwatch } from './stopwatch.ts';

/** One claimed job on its way through the worker's steps. */
export interface Attempt {
  readonly job: ProcessingJob;
  readonly delivery: Delivery;
  /** Aborts with `OutOfTime` when the invocation has only its margin left. */
  readonly deadline: AbortSignal;
  /** Separates waiting for the storage from work. */
  readonly stopwatch: Stopwatch;
  readonly ports: WorkPorts;
  readonly settings: WorkSettings;
}

/** Thrown where a fenced write was refused: another attempt has the job now. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Thrown where the row says that the client no longer wants the job. */
export class Unwanted extends Error {
  override readonly name = 'Unwanted';
}

/** Thrown where the time is over before anything was begun, after a pause or a slow claim. */
export class StartedLate extends Error {
  override readonly name = 'StartedLate';
}

/** Thrown where the time ran out when the file was written and only its commit was left: by a pause, and not by its size. */
export class CommittedLate extends OutOfTime {}
