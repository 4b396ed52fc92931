import { Outage, RetryableFailure } from '../../../lambdas/domain/failures.ts';
import type { Clock } from '../../../lambdas/domain/ports.ts';
import type { Gate } from '../../support/memory/gate.ts';
import type { FaultKind } from './scenario.ts';
import type { World } from './world.ts';

/** Where S3 can answer 409: another upload to the same key is being completed. */
const COMMITS = new Set(['reports.put', 'reports.complete']);

/** What a dead party waits for. One promise for all would keep every world alive in which somebody died. */
export function forEver(): Promise<never> {
  return new Promise(() => {});
}

/**
 * Whoever calls the services: one invocation of a function. Every call is two ways, to the service and back; on each the
 * party can be overtaken or killed, and the call itself can go wrong in every manner of `FaultKind`.
 */
export abstract class Party {
  readonly name: string;
  abstract readonly clock: Clock;
  readonly startedAt: number;
  readonly gate: Gate = (operation, effect) => this.#call(operation, effect);
  protected readonly world: World;
  #isAlive = true;
  #isOver = false;

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
    this.startedAt = world.timeline.now();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The invocation has answered. */
  end(): void {
    this.#isOver = true;
  }

  die(why: string): void {
    if (!this.#isAlive || this.#isOver) return;
    this.#isAlive = false;
    this.world.died(this, why);
  }

  /** One way; never arrives, if the party dies. */
  protected abstract travel(operation: string): Promise<void>;

  protected abstract faultAt(operation: string): FaultKind | undefined;

  /** The wait for the reply of a call that went well; false when it was too long. */
  protected async patience(_operation: string): Promise<boolean> {
    return true;
  }

  async #call<T>(operation: string, effect: () => T): Promise<T> {
    await this.travel(operation);
    const fault = this.world.outageOf(operation) ?? this.faultAt(operation);
    if (fault === 'refused') return this.#fail(operation, 'refused');
    if (fault === 'conflict' && COMMITS.has(operation)) {
      this.world.note(this, `${operation} (409)`);
      throw new RetryableFailure('UPLOAD_CONFLICT', 'The upload must be restarted.');
    }
    this.world.beforeEffect(operation, this);
    if (!this.#isAlive) await forEver();
    let result = this.world.perform(this, operation, fault, effect);
    if (fault === 'doubled') {
      await this.travel(operation);
      result = this.world.perform(this, operation, fault, effect);
    }
    await this.travel(operation);
    if (fault === 'lostReply') return this.#fail(operation, 'not answered');
    if (!(await this.patience(operation))) return this.#fail(operation, 'not answered');
    return result;
  }

  #fail(operation: string, how: 'refused' | 'not answered'): never {
    this.world.note(this, `${operation} ${how}`);
    this.world.witness.sawFailure(this, operation, how);
    throw new Outage(`${operation}: ${how}`);
  }
}
