import type { ProcessingJob } from '../../domain/job.ts';
import type { Delivery } from '../../domain/ports.ts';
import type { WorkPorts, WorkSettings } from './ports.ts';

/** One claimed job on its way through the worker's steps. */
export interface Attempt {
  readonly job: ProcessingJob;
  readonly delivery: Delivery;
  /** Aborts when the invocation's time runs out. */
  readonly deadline: AbortSignal;
  readonly ports: WorkPorts;
  readonly settings: WorkSettings;
}

/** Thrown where a fenced write was refused: another attempt has the job now. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
