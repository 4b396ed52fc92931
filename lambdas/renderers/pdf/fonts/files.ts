import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FONTS_FOLDER, type FontFile } from './manifest.ts';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Reads a font from the folder beside the bundle, or, where nothing is bundled, from its package. */
export function readFont(file: FontFile): Uint8Array {
  const bundled = join(here, FONTS_FOLDER, file.name);
  return readFileSync(existsSync(bundled) ? bundled : require.resolve(file.source));
}
