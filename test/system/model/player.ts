import type { Scheduler } from 'fast-check';
import { OutOfTime } from '../../../lambdas/domain/failures.ts';
import type { Clock } from '../../../lambdas/domain/ports.ts';
import { SETTINGS } from '../../support/settings.ts';
import { forEver, Party } from '../simulator/party.ts';
import type { FaultKind } from '../simulator/scenario.ts';
import type { World } from '../simulator/world.ts';

/** What befalls one invocation: chosen by fast-check, and shrunk by it to what a failure needs. */
export interface Fate {
  /** Dies on this way: counted from 1 over its calls, two for each. */
  readonly diesAt: number | undefined;
  /** Its n-th call goes wrong, in this manner. */
  readonly fault: { readonly call: number; readonly kind: FaultKind } | undefined;
  /** Seconds by which its clock is wrong. */
  readonly skew: number;
}

export const FORTUNATE: Fate = { diesAt: undefined, fault: undefined, skew: 0 };

/** A party whose every step is a task of fast-check's scheduler, which decides who goes next. */
export class Player extends Party {
  override readonly clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #fate: Fate;
  readonly #deadline = new AbortController();
  #calls = 0;
  #ways = 0;

  constructor(world: World, scheduler: Scheduler, name: string, fate: Fate) {
    super(world, name);
    this.#scheduler = scheduler;
    this.#fate = fate;
    this.clock = { now: () => world.timeline.now() + fate.skew * 1000 };
  }

  get deadline(): AbortSignal {
    return this.#deadline.signal;
  }

  /** Milliseconds. Nobody ends a player for its time: it becomes a zombie instead. */
  remaining(): number {
    return this.startedAt + SETTINGS.workerTimeout * 1000 - this.world.timeline.now();
  }

  /** To be called when time has passed. */
  look(): void {
    if (this.remaining() > SETTINGS.deadlineMargin * 1000 || this.deadline.aborted) return;
    this.#deadline.abort(new OutOfTime());
  }

  /** One step of its own, in which others may go before it. */
  async step(label: string): Promise<void> {
    await this.#scheduler.schedule(Promise.resolve(), `${this.name} ${label}`);
    if (!this.isAlive) await forEver();
  }

  protected override faultAt(): FaultKind | undefined {
    this.#calls += 1;
    return this.#fate.fault?.call === this.#calls ? this.#fate.fault.kind : undefined;
  }

  protected override async travel(operation: string): Promise<void> {
    this.#ways += 1;
    if (this.#ways === this.#fate.diesAt) {
      this.die(`killed at ${operation}`);
      await forEver();
    }
    await this.step(operation);
  }
}
