import { PermanentFailure } from '../../../lambdas/domain/failures.ts';
import type { Renderer } from '../../../lambdas/domain/rendering.ts';
import { lineRenderer } from '../../support/line-renderer.ts';
import type { Actor } from './actor.ts';
import type { World } from './world.ts';

/** What any job may end with, because of what was wrong with the service; a frozen worker finds its time gone. */
const SERVICE = ['WORKER_LOST', 'INTERNAL', 'UPLOAD_CONFLICT', 'TOO_LARGE'] as const;

/** What a job over uploaded rows may end with besides. */
export const UPLOADED = ['DATASET_CHANGED', 'DATASET_GONE', 'DATASET_INTERRUPTED'] as const;

/**
 * What comes of a request, written into its title: most make a file; some can never, each in another way.
 * The codes are those that a client may then be shown.
 */
export const BEHAVIOURS = {
  whole: SERVICE,
  /** Takes more memory than there is: its worker is killed every time. */
  kills: SERVICE,
  /** Holds something that cannot become this format. */
  refuses: [...SERVICE, 'REQUEST_UNREADABLE'],
  /** Its renderer drops a row. */
  drops: [...SERVICE, 'ROWS_MISCOUNTED'],
  /** Never fits into the time limit. */
  crawls: SERVICE,
  /** The same, and keeps the thread for itself: the deadline's timer fires when hardly any time is left. */
  hogs: SERVICE,
} as const;

export type Behaviour = keyof typeof BEHAVIOURS;

export const HOPELESS = ['kills', 'refuses', 'drops', 'crawls', 'hogs'] as const;

export function behaviourOf(title: string): Behaviour {
  return HOPELESS.find((name) => title.includes(name)) ?? 'whole';
}

/** Renders line by line at the pace of this run; hopeless requests go wrong at their second row. */
export function rendererFor(actor: Actor, world: World): Renderer {
  const { random, scenario } = world;
  const pace = random.between(...scenario.rowMilliseconds);
  return lineRenderer(async ({ title }, row) => {
    await actor.pause(pace);
    if (random.chance(world.faults.stumble)) throw new Error('the renderer stumbled');
    if (row !== 1) return 'write';
    switch (behaviourOf(title)) {
      case 'whole':
        return 'write';
      case 'kills':
        actor.die('out of memory');
        await actor.pause(0);
        return 'skip';
      case 'refuses':
        throw new PermanentFailure('REQUEST_UNREADABLE', 'A value has no place in this format.');
      case 'drops':
        return 'skip';
      case 'hogs':
        await actor.hold(actor.remaining() - 5_000);
        return 'write';
      case 'crawls':
        await actor.pause(actor.remaining() - 5_000);
        return 'write';
    }
  });
}
