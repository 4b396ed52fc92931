import { isOpen, isUnwanted, type ProcessingJob, type Progress } from '../../domain/job.ts';
import type { Clock, JobTable, Log } from '../../domain/ports.ts';
import { heartbeat } from '../../domain/transitions.ts';
import { Overtaken, Unwanted } from './attempt.ts';

const INTERVAL_MILLISECONDS = 2_000;

interface HeartbeatPorts {
  readonly jobs: JobTable;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes to the row how far the work is, at most every two seconds and never twice at a time, and learns from the reply
 * whether the attempt is still ours, and whether anybody still wants the report. The work does not wait for it.
 */
export class Heartbeat {
  readonly #job: ProcessingJob;
  readonly #ports: HeartbeatPorts;
  readonly #stopped = new AbortController();
  #lastAt: number;
  #underWay: Promise<void> | undefined;

  constructor(job: ProcessingJob, ports: HeartbeatPorts) {
    this.#job = job;
    this.#ports = ports;
    this.#lastAt = ports.clock.now();
  }

  /** Aborts with `Overtaken` when another attempt has the job, with `Unwanted` when its client wants it no more. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  report(progress: Progress): void {
    const now = this.#ports.clock.now();
    if (this.#underWay !== undefined || now - this.#lastAt < INTERVAL_MILLISECONDS) return;
    this.#lastAt = now;
    this.#underWay = this.#write(progress).finally(() => {
      this.#underWay = undefined;
    });
  }

  /** Waits for the write that is under way, so that none comes after the row is final. */
  async stop(): Promise<void> {
    await this.#underWay;
  }

  async #write(progress: Progress): Promise<void> {
    const { jobs, log } = this.#ports;
    try {
      const { applied, job } = await jobs.change(this.#job.id, heartbeat(this.#job, progress));
      if (!applied) this.#stopped.abort(new Overtaken());
      else if (isOpen(job) && isUnwanted(job)) this.#stopped.abort(new Unwanted());
    } catch (cause) {
      log.error('heartbeat missed', { jobId: this.#job.id }, cause);
    }
  }
}
