import type { ProcessingJob, Progress } from '../../domain/job.ts';
import type { Clock, JobTable, Log } from '../../domain/ports.ts';
import { heartbeat } from '../../domain/transitions.ts';
import { Fenced } from './fenced.ts';

const INTERVAL_MILLISECONDS = 2_000;

interface HeartbeatPorts {
  readonly jobs: JobTable;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Tells the row how far the work is, at most every two seconds and never twice at a time, and learns from the reply
 * whether the attempt is still ours. The work does not wait for it.
 */
export class Heartbeat {
  readonly #job: ProcessingJob;
  readonly #ports: HeartbeatPorts;
  readonly #fence = new AbortController();
  #last: number;
  #beating: Promise<void> | undefined;

  constructor(job: ProcessingJob, ports: HeartbeatPorts) {
    this.#job = job;
    this.#ports = ports;
    this.#last = ports.clock.now();
  }

  /** Aborts with `Fenced` when another attempt has taken over. */
  get signal(): AbortSignal {
    return this.#fence.signal;
  }

  beat(progress: Progress): void {
    const now = this.#ports.clock.now();
    if (this.#beating !== undefined || now - this.#last < INTERVAL_MILLISECONDS) return;
    this.#last = now;
    this.#beating = this.#tell(progress).finally(() => {
      this.#beating = undefined;
    });
  }

  /** Waits for the beat that is under way, so that none comes after the row is final. */
  async rest(): Promise<void> {
    await this.#beating;
  }

  async #tell(progress: Progress): Promise<void> {
    const { jobs, log } = this.#ports;
    try {
      const { applied } = await jobs.change(this.#job.id, heartbeat(this.#job, progress));
      if (!applied) this.#fence.abort(new Fenced());
    } catch (cause) {
      log.error('heartbeat missed', { jobId: this.#job.id }, cause);
    }
  }
}
