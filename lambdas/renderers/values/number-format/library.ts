import type { TableSpec } from '../../../domain/request.ts';

type Numfmt = typeof import('numfmt');

/** What reads number formats, and what knows the languages that they name. */
interface Libraries {
  readonly numfmt: Numfmt;
  /** The Windows language codes as BCP 47 tags with underscores. */
  readonly lcid: typeof import('lcid')['default'];
}

let libraries: Libraries | undefined;

/**
 * Loads what reads number formats, where a report has any: a cold worker would wait 30 ms for it. To be awaited before
 * the columns of a report are read.
 */
export async function loadNumberFormats(tables: readonly TableSpec[]): Promise<void> {
  if (tables.some(({ columns }) => columns.some(({ format }) => format !== undefined))) await loadLibraries();
}

export async function loadLibraries(): Promise<void> {
  if (libraries !== undefined) return;
  const [numfmt, { default: lcid }] = await Promise.all([import('numfmt'), import('lcid')]);
  libraries = { numfmt: named(numfmt), lcid };
}

/** Of a CommonJS module that is loaded late a bundle has the default alone; Node finds the names in it too. */
function named(module: Numfmt | { default: Numfmt }): Numfmt {
  return 'default' in module ? module.default : module;
}

/** @throws `Error` where {@link loadNumberFormats} was not awaited */
export function formatLibraries(): Libraries {
  if (libraries === undefined) throw new Error('number formats were not loaded');
  return libraries;
}
