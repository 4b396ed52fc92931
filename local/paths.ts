import { fileURLToPath } from 'node:url';

/** The root of this checkout, without a trailing slash. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Everything temporary of this checkout; ignored by git, safe to delete while nothing runs. */
export const STATE = `${ROOT}/.local`;

/** Where the sample reports go. */
export const OUT = `${ROOT}/out`;
