import { Outage } from '../../../lambdas/domain/failures.ts';
import { AlreadyRunning, type Clock, type Once } from '../../../lambdas/domain/ports.ts';
import { type Gate, open } from './gate.ts';

/** A record of the idempotency table, with Powertools' times: milliseconds for the lock, seconds for the record. */
interface LockRecord {
  readonly status: 'INPROGRESS' | 'COMPLETED';
  readonly inProgressExpiry: number | undefined;
  readonly expiry: number;
  readonly data: string | undefined;
}

export class LockState {
  readonly records = new Map<string, LockRecord>();
}

interface Invocation {
  readonly clock: Clock;
  /** Milliseconds that the invocation still has, as its context tells. */
  readonly remaining: () => number;
  /** Seconds. */
  readonly expiresAfter: number;
}

/**
 * Powertools' idempotency, with its faults: taking over is decided by the clock alone, completion and deletion are
 * unconditional, an error while deleting replaces the error of the work, and the retry of its own put meets its own lock.
 */
export class MemoryOnce implements Once {
  readonly #state: LockState;
  readonly #invocation: Invocation;
  readonly #gate: Gate;

  constructor(state: LockState, invocation: Invocation, gate: Gate = open) {
    this.#state = state;
    this.#invocation = invocation;
    this.#gate = gate;
  }

  async run<T extends object>(key: string, work: () => Promise<T>): Promise<T> {
    const remembered = await this.#lock(key);
    // Through JSON, as the idempotency table would give it back.
    if (remembered !== undefined) return JSON.parse(remembered);
    const result = await this.#doWork(key, work);
    await this.#persist('once.complete', 'Failed to update success record to idempotency store', () => {
      const stood = this.#state.records.get(key);
      const { inProgressExpiry } = stood ?? { inProgressExpiry: undefined };
      const data = toText(result);
      this.#state.records.set(key, { status: 'COMPLETED', inProgressExpiry, expiry: this.#expiry(), data });
    });
    return result;
  }

  async #doWork<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failed = 'Failed to delete record from idempotency store';
      await this.#persist('once.delete', failed, () => this.#state.records.delete(key));
      throw error;
    }
  }

  /** The remembered result, or `undefined` when the lock is ours. */
  async #lock(key: string): Promise<string | undefined> {
    const { clock, remaining } = this.#invocation;
    const inProgressExpiry = clock.now() + remaining();
    const existing = await this.#persist('once.lock', 'Failed to save in progress record to idempotency store', () => {
      const stands = this.#state.records.get(key);
      if (stands !== undefined && !this.#mayBeTaken(stands)) return stands;
      const record = { status: 'INPROGRESS', inProgressExpiry, expiry: this.#expiry(), data: undefined } as const;
      this.#state.records.set(key, record);
      return undefined;
    });
    if (existing?.status === 'INPROGRESS')
      throw new AlreadyRunning(`There is already an execution in progress: ${key}`);
    return existing?.data;
  }

  #mayBeTaken({ status, expiry, inProgressExpiry }: LockRecord): boolean {
    const now = this.#invocation.clock.now();
    const isAbandoned = status === 'INPROGRESS' && inProgressExpiry !== undefined && inProgressExpiry < now;
    return expiry < now / 1000 || isAbandoned;
  }

  #expiry(): number {
    return Math.round(this.#invocation.clock.now() / 1000 + this.#invocation.expiresAfter);
  }

  async #persist<T>(operation: string, message: string, effect: () => T): Promise<T> {
    try {
      return await this.#gate(operation, effect);
    } catch (cause) {
      // What Powertools wraps, the port unwraps where it is an outage.
      throw cause instanceof Outage ? cause : new Error(message, { cause });
    }
  }
}

/** Powertools marshals the result without dropping `undefined`: a result that holds one cannot be remembered. */
function toText(result: object): string {
  return JSON.stringify(result, (name, value: unknown) => {
    if (value === undefined) throw new Error(`Pass options.removeUndefinedValues=true (${name})`);
    return value;
  });
}
