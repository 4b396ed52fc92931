import type { Clock } from '../../../lambdas/domain/ports.ts';
import { forEver, Party } from './party.ts';
import type { FaultKind } from './scenario.ts';
import type { World } from './world.ts';

/** Milliseconds, with the SDK's own retries. */
function patienceFor(operation: string): number {
  if (operation === 'reports.abort') return 1_500;
  return /^(reports|requests)\./.test(operation) ? 90_000 : 9_000;
}

const FAULT_KINDS: readonly FaultKind[] = ['refused', 'lostReply', 'doubled', 'conflict'];

/**
 * A party on the time line, with a clock of its own, whose fate is thrown by the dice: every way takes some milliseconds,
 * on every way it can be killed, or frozen for longer than its lease.
 */
export class Actor extends Party {
  override readonly clock: Clock;
  #ways = 0;
  #busyUntil = 0;
  /** When Lambda ends the invocation. */
  #endsAt: number;

  constructor(world: World, name: string, timeoutSeconds: number) {
    super(world, name);
    const { timeline, random, faults } = world;
    const skew = Math.round(random.between(-faults.skew, faults.skew) * 1000);
    this.clock = { now: () => timeline.now() + skew };
    this.#endsAt = this.startedAt + timeoutSeconds * 1000;
    this.#watch();
  }

  /** Milliseconds. */
  remaining(): number {
    return this.#endsAt - this.world.timeline.now();
  }

  /** Waits; for ever, if the actor dies meanwhile. */
  async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.after(milliseconds, resolve));
    if (!this.isAlive) await forEver();
  }

  /** A timer of the actor's: it does not fire while the actor holds its thread. */
  after(milliseconds: number, run: () => void): void {
    const { timeline } = this.world;
    timeline.after(milliseconds, () => (this.#busyUntil > timeline.now() ? timeline.at(this.#busyUntil, run) : run()));
  }

  /** Computes for so long, and hears of nothing meanwhile: no reply, no timer. */
  async hold(milliseconds: number): Promise<void> {
    this.#busyUntil = this.world.timeline.now() + milliseconds;
    await this.pause(milliseconds);
  }

  protected override faultAt(operation: string): FaultKind | undefined {
    const { random, faults } = this.world;
    const scripted = this.world.scriptedFault(this, operation);
    let drawn = random.next();
    if (scripted !== undefined) return scripted;
    for (const kind of FAULT_KINDS) {
      drawn -= faults[kind];
      if (drawn < 0) return kind;
    }
    return undefined;
  }

  protected override async travel(operation: string): Promise<void> {
    const { random, faults } = this.world;
    this.#ways += 1;
    if (this.world.isKilled(this, this.#ways) || random.chance(faults.crash / 2)) {
      this.die(`killed at ${operation}, way ${this.#ways}`);
      await forEver();
    }
    await this.pause(random.between(1, 30));
    const marked = this.world.isFrozen(this, this.#ways);
    if (marked > 0) await this.#freeze(marked);
    if (random.chance(faults.freeze)) await this.#freeze(random.between(200, 900));
  }

  /** As the SDK's clients are set up, and as `limited` bounds them: nobody waits beyond the end of the invocation. */
  protected override async patience(operation: string): Promise<boolean> {
    const { random, faults } = this.world;
    const slow = random.chance(faults.slow) ? random.between(500, 9_000) : 0;
    const wait = slow + this.world.slowness(operation) * 1000;
    const longest = Math.min(patienceFor(operation), Math.max(0, this.remaining() - 1_000));
    if (wait > 0) await this.pause(Math.min(wait, longest));
    return wait <= longest;
  }

  /** The time limit; a frozen sandbox is given its time back, which makes it the zombie that it can be on Lambda. */
  #watch(): void {
    this.world.timeline.at(this.#endsAt, () => {
      if (this.isOver) return;
      if (this.remaining() > 0) this.#watch();
      else this.die('time limit');
    });
  }

  async #freeze(seconds: number): Promise<void> {
    this.world.froze(this);
    this.#endsAt += seconds * 1000;
    await this.pause(seconds * 1000);
  }
}
