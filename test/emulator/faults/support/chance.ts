import { createHash } from 'node:crypto';

/** Whether chance, which is a hash of the name, falls on it with such a probability: the same in every run. */
export function isChosen(name: string, probability: number): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32 < probability;
}
