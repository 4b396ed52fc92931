/** How long a renderer may hold the thread, in milliseconds: little to a heartbeat, much to what a turn costs. */
const SLICE_MILLISECONDS = 50;
/** How many rows go by from one look at the clock to the next: a look takes a hundredth of a short row's time. */
const ROWS_PER_LOOK = 8;

/**
 * Gives the process its turn – timers, heartbeats, the parts of the upload – where a renderer has held the thread for
 * long. What is only computed never waits for anything, and without a turn neither the deadline nor a heartbeat fires.
 */
export class Pace {
  readonly #signal: AbortSignal;
  #since = performance.now();
  #rows = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** To be asked after every row. */
  get isDue(): boolean {
    this.#rows += 1;
    if (this.#rows % ROWS_PER_LOOK !== 0) return false;
    return performance.now() - this.#since > SLICE_MILLISECONDS;
  }

  /** @throws `signal.reason` when the work was stopped */
  async turn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#since = performance.now();
    this.#signal.throwIfAborted();
  }
}
