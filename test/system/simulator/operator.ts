import type { Service } from './service.ts';
import type { World } from './world.ts';

/** Redrives some of what failed while the storm lasts: the fault may still be there, and the job fail again. */
export function startOperator(world: World, service: Service): void {
  const { random, timeline, scenario } = world;
  if (scenario.redrive === 0) return;
  world.onError = (id) => {
    const wait = random.between(1_000, 300_000);
    if (!random.chance(scenario.redrive) || timeline.now() + wait > world.stormEndsAt || !world.isStorm) return;
    timeline.after(wait, () => void service.redrive(id));
  };
}
