/** What a column asks for, in tenths of a point with its padding. */
export interface ColumnDemand {
  /** So that the widest cell of the sample stands on one line. */
  readonly natural: number;
  /** So that no word, number or date has to be broken. */
  readonly least: number;
  /** Given in the request. */
  readonly fixed?: number | undefined;
  /** Whether it gains from being wider than its cells, as running text does. */
  readonly text: boolean;
}

/** Numbers and dates take this part of what text takes of the room that is left. */
const STIFFNESS = 0.25;

/**
 * Shares `room` out. Fixed widths win, up to the point where they would break the numbers and words of other columns.
 * The others get what they ask for and a part of what is left, or, where there is too little, their least and a part of
 * the rest by how much more they would need.
 */
export function shareWidth(demands: readonly ColumnDemand[], room: number): number[] {
  const wanted = demands.map(({ natural, fixed }) => fixed ?? natural);
  const spare = room - sum(wanted);
  if (spare >= 0) return widened(demands, wanted, spare);
  const fair = demands.map(({ fixed, least }) => fixed ?? least);
  if (sum(fair) <= room) return between(fair, wanted, room);
  const least = demands.map((demand) => Math.min(demand.fixed ?? demand.least, demand.least));
  if (sum(least) <= room) return between(least, fair, room);
  return least.map((width) => (width * room) / sum(least));
}

/** A table of fixed widths alone keeps them, even where it is narrower than the page. */
function widened(demands: readonly ColumnDemand[], widths: readonly number[], spare: number): number[] {
  const shares = demands.map(({ fixed, natural, text }) =>
    fixed !== undefined ? 0 : text ? natural : natural * STIFFNESS,
  );
  const all = sum(shares);
  return all === 0 ? [...widths] : widths.map((width, i) => width + (spare * (shares[i] as number)) / all);
}

/**
 * Widths between low and high that fill `room`. The highest are cut, all to the same level: a column of long notes
 * gives way before one of short names does.
 */
function between(low: readonly number[], high: readonly number[], room: number): number[] {
  const at = (level: number): number[] => low.map((width, i) => Math.max(width, Math.min(level, high[i] as number)));
  let [below, above] = [0, Math.max(...high)];
  for (let step = 0; step < 40; step += 1) {
    const middle = (below + above) / 2;
    if (sum(at(middle)) <= room) below = middle;
    else above = middle;
  }
  return at(below);
}

/** The least of all widths: whether a table can be set at all without breaking a word. */
export function leastWidth(demands: readonly ColumnDemand[], { honourFixed }: { honourFixed: boolean }): number {
  return sum(
    demands.map(({ fixed, least }) => (fixed === undefined || !honourFixed ? Math.min(fixed ?? least, least) : fixed)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
