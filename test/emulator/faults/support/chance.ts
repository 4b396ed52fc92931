import { createHash } from 'node:crypto';

/** Where chance, which is a hash of the name, falls between 0 and 1: the same in every run. */
export function fractionOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}

/** Whether chance falls on it with such a probability. */
export function isChosen(name: string, probability: number): boolean {
  return fractionOf(name) < probability;
}

/** One of them, by chance. */
export function chosenOf<T>(name: string, all: readonly T[]): T {
  const one = all[Math.floor(fractionOf(name) * all.length)];
  if (one === undefined) throw new Error(`There is nothing to choose from for ${name}.`);
  return one;
}
