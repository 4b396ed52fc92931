import { RetryableFailure } from '../../../lambdas/domain/failures.ts';
import type { Clock } from '../../../lambdas/domain/ports.ts';
import type { Gate } from '../../support/memory/gate.ts';
import type { FaultKind } from './scenario.ts';
import type { World } from './world.ts';

/** What a caller is told when a call fails, or seems to. */
class ServiceError extends Error {
  override readonly name = 'ServiceError';
}

const FAULT_KINDS: readonly FaultKind[] = ['refused', 'lostReply', 'doubled', 'conflict'];
/** Where S3 can answer 409: another upload to the same key is being completed. */
const COMMITS = new Set(['reports.put', 'reports.complete']);
const NEVER = new Promise<never>(() => {});

/**
 * One invocation of a function, or one client: its own clock, and a gate through which all its calls go. Every call is
 * two waits, on the way to the service and back; at each the actor can be overtaken, killed or frozen.
 */
export class Actor {
  readonly name: string;
  readonly clock: Clock;
  readonly startedAt: number;
  readonly gate: Gate = (operation, effect) => this.#call(operation, effect);
  readonly #world: World;
  #halfCalls = 0;
  #isAlive = true;
  #isOver = false;
  /** When Lambda ends the invocation. */
  #endsAt: number;

  constructor(world: World, name: string, timeoutSeconds: number) {
    const { timeline, random, faults } = world;
    const skew = Math.round(random.between(-faults.skew, faults.skew) * 1000);
    this.name = name;
    this.#world = world;
    this.clock = { now: () => timeline.now() + skew };
    this.startedAt = timeline.now();
    this.#endsAt = this.startedAt + timeoutSeconds * 1000;
    this.#watch();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Milliseconds. */
  remaining(): number {
    return this.#endsAt - this.#world.timeline.now();
  }

  /** Waits; for ever, if the actor dies meanwhile. */
  async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.#world.timeline.after(milliseconds, resolve));
    if (!this.#isAlive) await NEVER;
  }

  /** The invocation has answered. */
  end(): void {
    this.#isOver = true;
  }

  die(why: string): void {
    if (!this.#isAlive || this.#isOver) return;
    this.#isAlive = false;
    this.#world.died(this, why);
  }

  /** The time limit; a frozen sandbox is given its time back, which makes it the zombie that it can be on Lambda. */
  #watch(): void {
    this.#world.timeline.at(this.#endsAt, () => {
      if (this.#isOver) return;
      if (this.remaining() > 0) this.#watch();
      else this.die('time limit');
    });
  }

  async #call<T>(operation: string, effect: () => T): Promise<T> {
    const { random, faults } = this.#world;
    await this.#travel(operation);
    const fault = this.#world.scriptedFault(this, operation) ?? this.#fault();
    if (fault === 'refused') return this.#fail(operation, 'refused');
    if (fault === 'conflict' && COMMITS.has(operation)) {
      this.#world.note(this, `${operation} (409)`);
      throw new RetryableFailure('UPLOAD_CONFLICT', 'The upload has to be started anew.');
    }
    let result = this.#world.perform(this, operation, fault, effect);
    if (fault === 'doubled') {
      await this.#travel(operation);
      result = this.#world.perform(this, operation, fault, effect);
    }
    await this.#travel(operation);
    if (fault === 'lostReply') return this.#fail(operation, 'not answered');
    if (random.chance(faults.slow)) await this.pause(random.between(500, 9_000));
    return result;
  }

  #fault(): FaultKind | undefined {
    const { random, faults } = this.#world;
    let drawn = random.next();
    for (const kind of FAULT_KINDS) {
      drawn -= faults[kind];
      if (drawn < 0) return kind;
    }
    return undefined;
  }

  async #travel(operation: string): Promise<void> {
    const { random, faults } = this.#world;
    this.#halfCalls += 1;
    if (this.#world.isKilled(this, this.#halfCalls) || random.chance(faults.crash / 2)) {
      this.die(`killed at ${operation}, half call ${this.#halfCalls}`);
      await NEVER;
    }
    await this.pause(random.between(1, 30));
    if (random.chance(faults.freeze)) await this.#freeze();
  }

  async #freeze(): Promise<void> {
    const milliseconds = this.#world.random.between(200, 900) * 1000;
    this.#world.froze(this);
    this.#endsAt += milliseconds;
    await this.pause(milliseconds);
  }

  #fail(operation: string, how: string): never {
    this.#world.note(this, `${operation} ${how}`);
    if (how === 'refused') this.#world.witness.sawRefusal(this, operation);
    throw new ServiceError(`${operation}: ${how}`);
  }
}
