import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { OPTIONS } from '../lib/bundling.ts';

/**
 * Bundles a contestant of ours as the worker is bundled, because that is how it runs. What an earlier bundle left in the
 * folder goes, so that the folder tells one version from the next.
 * @returns the program, named as its source
 */
export async function bundleOwn(source: string, folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  await build({ ...OPTIONS, entryPoints: [source], outdir: join(OPTIONS.absWorkingDir, folder) });
  return join(folder, 'quire.mjs');
}
