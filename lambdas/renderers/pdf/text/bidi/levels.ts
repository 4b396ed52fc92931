import { resolveBrackets } from './brackets.ts';
import { B, brackets, classesOf, INITIATORS, PDI, REMOVED, S, WS } from './classes.ts';
import { explicitLevels, firstStrong, isolatePairs } from './explicit.ts';
import { resolveNeutrals, resolveWeak, rise } from './implicit.ts';
import { sequencesOf } from './sequences.ts';

/** Which way a paragraph and each of its characters run: odd levels from right to left. */
export interface Directions {
  readonly base: 0 | 1;
  /** One for each UTF-16 unit. */
  readonly levels: Uint8Array;
  /** 1 for what takes the paragraph's level at the end of a line. */
  readonly trailing: Uint8Array;
}

/**
 * The bidirectional algorithm (UAX #9, revision 50) for one paragraph, up to where lines are broken. It takes time in
 * proportion to the text, whatever the text.
 * @param fallback the paragraph's level where no character of it has a direction
 * @throws `LibraryNeeded`
 */
export function directionsOf(text: string, fallback: 0 | 1, forced?: 0 | 1): Directions {
  const original = classesOf(text);
  const pairs = isolatePairs(original);
  const base = forced ?? firstStrong(original, pairs) ?? fallback;
  const classes = original.slice();
  const levels = explicitLevels(classes, pairs, base);
  const data = brackets();
  for (const sequence of sequencesOf({ original, classes, levels, pairs }, base)) {
    resolveWeak(sequence);
    resolveBrackets(text, sequence, original, data);
    resolveNeutrals(sequence);
    sequence.at.forEach((place, i) => {
      levels[place] = (levels[place] as number) + rise(sequence.classes[i] as number, levels[place] as number);
    });
  }
  levelRemoved(original, levels, base);
  resetSeparators(original, levels, base);
  keepPairs(text, levels);
  return { base, levels, trailing: Uint8Array.from(original, (own) => ((own & TRAILING) === 0 ? 0 : 1)) };
}

const TRAILING = WS | INITIATORS | PDI | REMOVED;

/** What rule X9 takes out goes with the character before it (5.2). */
function levelRemoved(original: Uint32Array, levels: Uint8Array, base: number): void {
  for (let i = 0; i < levels.length; i += 1) {
    if (((original[i] as number) & REMOVED) !== 0) levels[i] = i === 0 ? base : (levels[i - 1] as number);
  }
}

/** L1, as far as it does not depend on lines: separators, and blanks before them. */
function resetSeparators(original: Uint32Array, levels: Uint8Array, base: number): void {
  let resets = false;
  for (let i = levels.length - 1; i >= 0; i -= 1) {
    const own = original[i] as number;
    if ((own & (S | B)) !== 0) resets = true;
    else if ((own & TRAILING) === 0) resets = false;
    if (resets) levels[i] = base;
  }
}

/** The halves of a surrogate pair are one character. */
function keepPairs(text: string, levels: Uint8Array): void {
  for (let i = 1; i < levels.length; i += 1) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) levels[i] = levels[i - 1] as number;
  }
}

/** The levels of a line: blanks at its end take the paragraph's level (L1). */
export function levelsOfLine({ base, levels, trailing }: Directions, start: number, end: number): Uint8Array {
  const line = levels.slice(start, end);
  for (let i = end - 1; i >= start && trailing[i] === 1; i -= 1) line[i - start] = base;
  return line;
}

/** Rule L2: from the highest level down to the lowest odd one, every stretch of at least that level is turned round. */
export function inVisualOrder<T extends { readonly level: number }>(runs: readonly T[]): T[] {
  const order = runs.slice();
  let highest = 0;
  for (const { level } of runs) highest = Math.max(highest, level);
  for (let level = highest; level > 0; level -= 1) {
    for (let at = 0; at < order.length; at += 1) {
      if ((order[at] as T).level < level) continue;
      let end = at + 1;
      while (end < order.length && (order[end] as T).level >= level) end += 1;
      turn(order, at, end);
      at = end;
    }
  }
  return order;
}

function turn<T>(items: T[], start: number, end: number): void {
  for (let [low, high] = [start, end - 1]; low < high; low += 1, high -= 1) {
    [items[low], items[high]] = [items[high] as T, items[low] as T];
  }
}
