import type { Cell } from '../../domain/cells.ts';

/**
 * Reads a cell as a value of its column's type. One plain number comes back whatever the type, so that a million cells
 * allocate nothing:
 *
 * - `integer`, `number`, `currency`: the number itself; `percent`: a fraction, 0.125 for 12.5 %
 * - `boolean`: 0 or 1
 * - `date`: midnight, `datetime`: the wall clock of the request's time zone, both in ms as if that clock were UTC
 * - `duration`: seconds
 *
 * `NaN` means that the cell is not such a value, or one that a double cannot hold exactly: it is shown as its text.
 */
export type CellParser = (cell: Exclude<Cell, null>) => number;

const BOOLEANS = new Map<unknown, number>([
  ['true', 1],
  ['false', 0],
  ['yes', 1],
  ['no', 0],
  ['t', 1],
  ['f', 0],
  ['y', 1],
  ['n', 0],
  ['1', 1],
  ['0', 0],
  [1, 1],
  [0, 0],
]);

/** `true`, `false`, 1, 0, and the words that CSV exports use for them, in any case. */
export function parseBoolean(cell: Exclude<Cell, null>): number {
  if (cell === true) return 1;
  if (cell === false) return 0;
  return BOOLEANS.get(typeof cell === 'string' ? cell.trim().toLowerCase() : cell) ?? Number.NaN;
}
