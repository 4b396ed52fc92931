import type { World } from '../world.ts';
import { checkClients } from './clients.ts';
import { checkLeftovers } from './leftovers.ts';
import { checkObjects } from './objects.ts';
import { checkOutcomes } from './outcomes.ts';
import { checkWrites } from './writes.ts';

/** Everything that is wrong with what happened, one sentence each; I1 to I10 are those of docs/reliability.md. */
export function judge(world: World): string[] {
  return [
    ...checkClients(world),
    ...checkWrites(world),
    ...checkOutcomes(world),
    ...checkObjects(world),
    ...checkLeftovers(world),
  ];
}
