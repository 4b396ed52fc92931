import { Outage } from '../../../lambdas/domain/failures.ts';
import type { Gate } from './gate.ts';

type Way = 'refused' | 'lostReply';

/** A gate that lets everything through, but for the faults that a test asks for; and remembers what passed. */
export class FaultyGate {
  /** Every call that was tried, in order. */
  readonly calls: string[] = [];
  readonly #faults = new Map<string, { way: Way; times: number }>();
  readonly #before = new Map<string, () => Promise<void> | void>();

  readonly gate: Gate = async (operation, effect) => {
    this.calls.push(operation);
    await this.#takeStep(operation);
    const way = this.#next(operation);
    if (way === 'refused') throw new Outage(`${operation} is refused`);
    const result = effect();
    if (way === 'lostReply') throw new Outage(`the reply to ${operation} is lost`);
    return result;
  };

  /** The next calls of an operation reach nobody. */
  refuse(operation: string, times = 1): void {
    this.#faults.set(operation, { way: 'refused', times });
  }

  /** The next calls of an operation have their effect, and their caller is told that they failed. */
  loseReply(operation: string, times = 1): void {
    this.#faults.set(operation, { way: 'lostReply', times });
  }

  /** Does something right before the next call of an operation: what another one did meanwhile. */
  before(operation: string, step: () => Promise<void> | void): void {
    this.#before.set(operation, step);
  }

  async #takeStep(operation: string): Promise<void> {
    const step = this.#before.get(operation);
    this.#before.delete(operation);
    await step?.();
  }

  #next(operation: string): Way | undefined {
    const fault = this.#faults.get(operation);
    if (fault === undefined || fault.times === 0) return undefined;
    fault.times -= 1;
    return fault.way;
  }
}
