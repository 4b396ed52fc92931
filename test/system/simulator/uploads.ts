import { createHash } from 'node:crypto';
import { datasetKey } from '../../../lambdas/domain/dataset.ts';
import { randomJobId } from '../../../lambdas/domain/ids.ts';
import { upload } from '../../support/memory/dataset-store.ts';
import type { World } from './world.ts';

/** Every row of an upload bears the name of its version, so that a report of two of them would show. */
export type Version = `version-${number}`;

/** What a client has uploaded, by the ETag that the bucket knows it by. */
export interface Upload {
  readonly version: Version;
  readonly rows: number;
  /** How many of them hold something else than a number. */
  readonly bad: number;
}

/**
 * Uploads rows for a request to name. Some clients do not leave it at that: they upload again under the same link, or the
 * file is removed, at any time.
 * @returns the id of the dataset
 */
export function uploadRows(world: World, tenant: string, rows: number, text: string): string {
  const { random, timeline, scenario } = world;
  const id = randomJobId(timeline.now());
  const key = datasetKey(tenant, id);
  put(world, key, rows, text);
  const isTampered = random.chance(scenario.tampered);
  const at = random.between(0, scenario.stormSeconds * 1000);
  // Hopeless requests go wrong at their second row.
  const others = random.whole(3, 12);
  const isRemoved = random.chance(0.3);
  if (isTampered) {
    timeline.after(at, () => (isRemoved ? world.bucket.objects.delete(key) : put(world, key, others, text)));
  }
  return id;
}

function put(world: World, key: string, rows: number, text: string): void {
  const version: Version = `version-${world.uploads.size}`;
  // Many or none: what is to be told of ten is another thing than of hundreds.
  const isBad = world.random.chance(world.scenario.badCells);
  const bad = isBad ? world.random.whole(0, rows) : 0;
  const lines = Array.from({ length: rows }, (_, n) => `${n < bad ? 'none' : n},"${text}, ${version}"`);
  const csv = `n,text\n${lines.join('\n')}\n`;
  world.uploads.set(`"${createHash('md5').update(csv).digest('hex')}"`, { version, rows, bad });
  upload(world.bucket, key, csv, world.timeline.now());
}
