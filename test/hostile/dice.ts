import { Random } from '../system/simulator/random.ts';

/** The simulator's numbers from a seed, and what requests are made of besides. */
export class Dice extends Random {
  /** @param items at least one */
  override pick<T>(items: readonly T[]): T {
    return super.pick(items) as T;
  }

  /** So many, each made by itself. */
  some<T>(count: number, make: (i: number) => T): T[] {
    return Array.from({ length: count }, (_, i) => make(i));
  }
}
