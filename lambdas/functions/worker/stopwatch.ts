import type { Clock } from '../../domain/ports.ts';

/** Measures how much of an attempt's time went by in waiting for the storage. */
export class Stopwatch {
  readonly #clock: Clock;
  readonly #startedAt: number;
  #waited = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** Waits for a call of the storage. */
  async wait<T>(call: () => Promise<T>): Promise<T> {
    const since = this.#clock.now();
    try {
      return await call();
    } finally {
      this.#waited += this.#clock.now() - since;
    }
  }

  /** Since the attempt began. */
  get seconds(): number {
    return (this.#clock.now() - this.#startedAt) / 1000;
  }

  /** Whether the storage took more of the time than the work. */
  get waitedMostly(): boolean {
    return this.#waited * 2 > this.#clock.now() - this.#startedAt;
  }
}
