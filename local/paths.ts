import { mkdirSync, mkdtempSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of this checkout, without a trailing slash. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Everything temporary of this checkout; ignored by git, safe to delete while nothing runs. */
export const STATE = `${ROOT}/.local`;

/** A new folder in {@link STATE}, which a fresh clone does not have yet. */
export function temporaryFolder(name: string, state = STATE): string {
  mkdirSync(state, { recursive: true });
  return mkdtempSync(`${state}/${name}-`);
}

/** Where the sample reports go. */
export const OUT = `${ROOT}/out`;
