import type { Clock, Links } from '../../../lambdas/domain/ports.ts';

/** Links that name their object; signing calls nobody, so there is no gate. */
export class MemoryLinks implements Links {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async sign(key: string, fileName: string): Promise<{ url: string; expiresAt: string }> {
    return {
      url: `memory:${key}?as=${encodeURIComponent(fileName)}`,
      expiresAt: new Date(this.#clock.now() + 900_000).toISOString(),
    };
  }
}
