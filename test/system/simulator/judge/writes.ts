import type { Write } from '../../../support/memory/job-table.ts';
import { SETTINGS } from '../../../support/settings.ts';
import type { World } from '../world.ts';

const RANK = { queued: 0, processing: 1, done: 2, error: 2, cancelled: 2 } as const;

/** I2: a status never goes back, an end is an end, the attempt only grows, and only its holder writes. */
export function checkWrites({ table, witness }: World): string[] {
  return [
    ...table.history.flatMap(checkWrite),
    ...witness.overtaken.map((what) => `I2: written after a take-over: ${what}`),
  ];
}

function checkWrite({ id, name, before, after }: Write): string[] {
  if (before === undefined) return name === 'create' ? [] : [`I2: ${id} began by ${name}`];
  if (after.generation !== before.generation) {
    const isRedrive = name === 'redrive' && before.status === 'error' && after.generation === before.generation + 1;
    return isRedrive ? [] : [`I2: ${id} changed its generation by ${name}`];
  }
  const problems: string[] = [];
  if (RANK[before.status] === 2 && name !== 'markCleared')
    problems.push(`I2: ${id} was written by ${name} after its end`);
  if (RANK[after.status] < RANK[before.status]) problems.push(`I2: ${id} went back to ${after.status} by ${name}`);
  if (after.tries > SETTINGS.maxAttempts) problems.push(`I2: ${id} is tried for the ${after.tries}th time`);
  const grown = after.attempt - before.attempt;
  if (grown !== (name === 'claim' ? 1 : 0)) problems.push(`I2: ${id} has attempt ${after.attempt} after ${name}`);
  return problems;
}
