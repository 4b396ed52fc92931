import type { Measurement } from '../harness.ts';

/** One contestant beside the reference. */
export interface Compared {
  readonly name: string;
  /** What nobody can beat, not a product: shown apart. */
  readonly floor: boolean;
  /** Of our own, the reference included. */
  readonly ours: boolean;
  /** Wall seconds by number of rows. */
  readonly wallSeconds: ReadonlyMap<number, number>;
  /** The run of the most rows; all that follows is of it. */
  readonly largest: Measurement;
  /** Wall time of that run, as a multiple of the reference's with as many rows. */
  readonly ratio: number;
}

export interface Comparison {
  readonly reference: string;
  /** Numbers of rows, ascending. */
  readonly sizes: readonly number[];
  /** Fastest first. */
  readonly contestants: readonly Compared[];
}

/** Orders results by contestant, as ratios of wall time to `reference`. */
export function comparison(results: readonly Measurement[], reference: string): Comparison {
  const sizes = [...new Set(results.map(({ rows }) => rows))].sort((a, b) => a - b);
  const base = new Map(results.filter(({ name }) => name === reference).map((own) => [own.rows, own.wallSeconds]));
  const names = [...new Set(results.map(({ name }) => name))];
  const contestants = names.map((name) => compare(name, results, reference, base));
  return { reference, sizes, contestants: contestants.sort((a, b) => a.ratio - b.ratio) };
}

function compare(
  name: string,
  results: readonly Measurement[],
  reference: string,
  base: ReadonlyMap<number, number>,
): Compared {
  const own = results.filter((result) => result.name === name).sort((a, b) => b.rows - a.rows);
  const largest = own[0] as Measurement;
  return {
    name,
    floor: name.startsWith('floor'),
    ours: name === reference || name.startsWith(`${reference}-`),
    wallSeconds: new Map(own.map(({ rows, wallSeconds }) => [rows, wallSeconds])),
    largest,
    ratio: largest.wallSeconds / (base.get(largest.rows) ?? Number.NaN),
  };
}

/** `1 M`, `200 k`, `50`. */
export function rowsText(rows: number): string {
  if (rows >= 1_000_000) return `${rows / 1_000_000} M`;
  return rows >= 1000 ? `${rows / 1000} k` : String(rows);
}

/** Three significant digits, as far as they are behind the point. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value.toFixed(value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2);
}
