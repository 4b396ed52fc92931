import { INITIATORS, L, PDI, R, REMOVED } from './classes.ts';
import { UNMATCHED } from './explicit.ts';

/** An isolating run sequence (BD13), without what rule X9 takes out. */
export interface Sequence {
  /** Places in the text. */
  readonly at: Int32Array;
  /** Classes of these places, which the rules change. */
  readonly classes: Uint32Array;
  readonly embedding: typeof L | typeof R;
  /** The direction that is taken to stand before the sequence, and after it. */
  readonly sos: number;
  readonly eos: number;
}

interface Run {
  readonly start: number;
  end: number;
}

/** Parts a paragraph into its sequences (X10). @param original the classes before overrides */
export function sequencesOf({ original, classes, levels, pairs }: Paragraph, base: number): Sequence[] {
  const kept = keptPlaces(original);
  const runs = levelRuns(kept, levels);
  /** Of each run that ends in an initiator, by the place of that: the runs of its sequence so far. */
  const waiting = new Map<number, Run[]>();
  const sequences: Run[][] = [];
  for (const run of runs) {
    const first = kept[run.start] as number;
    const last = kept[run.end - 1] as number;
    const initiator = original[first] === PDI ? (pairs[first] as number) : UNMATCHED;
    let sequence = waiting.get(initiator);
    if (sequence === undefined) {
      sequence = [];
      sequences.push(sequence);
    }
    sequence.push(run);
    if (((original[last] as number) & INITIATORS) !== 0 && pairs[last] !== UNMATCHED) waiting.set(last, sequence);
  }
  return sequences.map((parts) => joined(parts, kept, { original, classes, levels, pairs }, base));
}

export interface Paragraph {
  readonly original: Uint32Array;
  readonly classes: Uint32Array;
  readonly levels: Uint8Array;
  readonly pairs: Int32Array;
}

function keptPlaces(original: Uint32Array): Int32Array {
  const kept = new Int32Array(original.length);
  let count = 0;
  for (let i = 0; i < original.length; i += 1) {
    if (((original[i] as number) & REMOVED) === 0) kept[count++] = i;
  }
  return kept.subarray(0, count);
}

function levelRuns(kept: Int32Array, levels: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < kept.length; i += 1) {
    const run = runs.at(-1);
    if (run !== undefined && levels[kept[run.start] as number] === levels[kept[i] as number]) run.end = i + 1;
    else runs.push({ start: i, end: i + 1 });
  }
  return runs;
}

function joined(
  runs: readonly Run[],
  kept: Int32Array,
  { original, classes, levels, pairs }: Paragraph,
  base: number,
): Sequence {
  const at = new Int32Array(runs.reduce((sum, { start, end }) => sum + end - start, 0));
  let count = 0;
  for (const { start, end } of runs) {
    at.set(kept.subarray(start, end), count);
    count += end - start;
  }
  const [first, last] = [at[0] as number, at[at.length - 1] as number];
  const level = levels[first] as number;
  const before = (runs[0] as Run).start - 1;
  const after = (runs.at(-1) as Run).end;
  const opensUnmatched = ((original[last] as number) & INITIATORS) !== 0 && pairs[last] === UNMATCHED;
  const levelBefore = before < 0 ? base : (levels[kept[before] as number] as number);
  const levelAfter = after >= kept.length || opensUnmatched ? base : (levels[kept[after] as number] as number);
  return {
    at,
    classes: Uint32Array.from(at, (place) => classes[place] as number),
    embedding: directionOf(level),
    sos: directionOf(Math.max(level, levelBefore)),
    eos: directionOf(Math.max(level, levelAfter)),
  };
}

function directionOf(level: number): typeof L | typeof R {
  return level % 2 === 1 ? R : L;
}
