import { grouped } from './grouping.ts';

/** Of each table, so many peers run as often as ours. */
const FASTEST = 5;
/** A contestant that takes less also runs as often as ours: one such run says little. */
const QUICK_SECONDS = 1;

/** One contestant after its first run. */
export interface Placed {
  readonly name: string;
  readonly wallSeconds: number;
  readonly table: string;
}

/** Who runs as often as ours: ours, what is no product, the fastest peers of each table, and who is quick. */
export function runAgain(field: readonly Placed[]): Set<string> {
  const peers = field.filter(({ name }) => !isOurs(name) && !isFloor(name));
  const tables = [...grouped(peers, ({ table }) => table).values()];
  const fastest = tables.flatMap((table) => table.toSorted((a, b) => a.wallSeconds - b.wallSeconds).slice(0, FASTEST));
  const chosen = field.filter((placed) => {
    return !peers.includes(placed) || fastest.includes(placed) || placed.wallSeconds < QUICK_SECONDS;
  });
  return new Set(chosen.map(({ name }) => name));
}

/** Ours are `quire` and its variants, `quire-…`. */
export function isOurs(name: string): boolean {
  return name === 'quire' || name.startsWith('quire-');
}

/** What nobody can beat, not a product: `floor-…`. */
export function isFloor(name: string): boolean {
  return name.startsWith('floor-');
}
