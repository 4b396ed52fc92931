import { isFloor, isOurs } from '../field.ts';
import type { Measurement, Results } from '../results.ts';

/** One contestant beside the reference. */
export interface Compared {
  readonly name: string;
  /** What nobody can beat, not a product: shown apart. */
  readonly floor: boolean;
  /** Of our own, the reference included. */
  readonly ours: boolean;
  /** What others do and it does not. */
  readonly lacks: readonly string[];
  /** Wall seconds by number of rows. */
  readonly wallSeconds: ReadonlyMap<number, number>;
  /** The run of the most rows on all cores; all that follows is of it. */
  readonly largest: Measurement;
  /** Wall time of that run, as a multiple of the reference's with as many rows. */
  readonly ratio: number;
  /** The run of as many rows on one core, and the same ratio. */
  readonly oneCore?: { readonly wallSeconds: number; readonly ratio: number };
}

export interface Comparison {
  readonly reference: string;
  /** Numbers of rows, ascending. */
  readonly sizes: readonly number[];
  /** Fastest first. */
  readonly contestants: readonly Compared[];
}

/** Orders results by contestant, as ratios of wall time to `reference`. */
export function comparison({ measurements, contestants: facts }: Results, reference: string): Comparison {
  const sizes = [...new Set(measurements.map(({ rows }) => rows))].sort((a, b) => a - b);
  const names = [...new Set(measurements.filter(({ cores }) => cores === 'all').map(({ name }) => name))];
  const contestants = names.map((name) => {
    const lacks = facts.find((contestant) => contestant.name === name)?.lacks ?? [];
    return { ...compare(name, measurements, reference), lacks };
  });
  return { reference, sizes, contestants: contestants.sort((a, b) => a.ratio - b.ratio) };
}

/** The reference and those of the others that are chosen, as a comparison of their own. */
export function among(all: Comparison, isChosen: (contestant: Compared) => boolean): Comparison {
  const contestants = all.contestants.filter((each) => each.name === all.reference || isChosen(each));
  return { ...all, contestants };
}

function compare(name: string, measurements: readonly Measurement[], reference: string): Omit<Compared, 'lacks'> {
  const own = measurements.filter((each) => each.name === name).sort((a, b) => b.rows - a.rows);
  const onAll = own.filter(({ cores }) => cores === 'all');
  const largest = onAll[0] as Measurement;
  const onOne = own.find(({ cores, rows }) => cores === 'one' && rows === largest.rows);
  const ratio = (run: Measurement) => {
    const base = measurements.find(
      (each) => each.name === reference && each.rows === run.rows && each.cores === run.cores,
    );
    return run.wallSeconds / (base?.wallSeconds ?? Number.NaN);
  };
  return {
    name,
    floor: isFloor(name),
    ours: isOurs(name),
    wallSeconds: new Map(onAll.map(({ rows, wallSeconds }) => [rows, wallSeconds])),
    largest,
    ratio: ratio(largest),
    ...(onOne !== undefined && { oneCore: { wallSeconds: onOne.wallSeconds, ratio: ratio(onOne) } }),
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
