import type { Brackets } from './classes.ts';
import { AN, EN, L, NEUTRALS, NSM, R } from './classes.ts';
import type { Sequence } from './sequences.ts';

/** How many brackets may be open at once (BD16). */
const MAX_OPEN = 63;

const RIGHT = R | EN | AN;

/** Gives both brackets of a pair one direction (rule N0). The classes of the sequence are past the rules for numbers. */
export function resolveBrackets(text: string, sequence: Sequence, original: Uint32Array, data: Brackets): void {
  const pairs = bracketPairs(text, sequence, data);
  if (pairs.length === 0) return;
  const { at, classes, embedding, sos } = sequence;
  const strong = strongCounts(classes);
  let before = sos;
  let seen = 0;
  for (const [open, close] of pairs) {
    for (; seen < open; seen += 1) before = directionOf(classes[seen] as number) || before;
    const opposite = embedding === L ? R : L;
    const direction = strong.within(open, close, embedding)
      ? embedding
      : strong.within(open, close, opposite)
        ? before === opposite
          ? opposite
          : embedding
        : 0;
    if (direction === 0) continue;
    for (const bracket of [open, close]) {
      classes[bracket] = direction;
      for (let i = bracket + 1; i < at.length && original[at[i] as number] === NSM; i += 1) classes[i] = direction;
    }
  }
}

function directionOf(own: number): number {
  return own === L ? L : (own & RIGHT) !== 0 ? R : 0;
}

/** How many strong characters of each direction stand before each place. */
function strongCounts(classes: Uint32Array) {
  const left = new Uint32Array(classes.length + 1);
  const right = new Uint32Array(classes.length + 1);
  for (let i = 0; i < classes.length; i += 1) {
    const direction = directionOf(classes[i] as number);
    left[i + 1] = (left[i] as number) + (direction === L ? 1 : 0);
    right[i + 1] = (right[i] as number) + (direction === R ? 1 : 0);
  }
  return {
    within(open: number, close: number, direction: number): boolean {
      const counts = direction === L ? left : right;
      return (counts[close] as number) > (counts[open + 1] as number);
    },
  };
}

/** The pairs of a sequence (BD16), in the order of their opening brackets. */
function bracketPairs(text: string, { at, classes }: Sequence, data: Brackets): [open: number, close: number][] {
  const pairs: [number, number][] = [];
  const open: { closing: string; place: number }[] = [];
  for (let i = 0; i < at.length; i += 1) {
    if (((classes[i] as number) & NEUTRALS) === 0) continue;
    const character = text.charAt(at[i] as number);
    const closing = data.closing(character);
    if (closing !== undefined) {
      if (open.length === MAX_OPEN) break;
      open.push({ closing, place: i });
      continue;
    }
    const own = data.asClosing(character);
    if (own === undefined) continue;
    for (let depth = open.length - 1; depth >= 0; depth -= 1) {
      const opener = open[depth] as (typeof open)[0];
      if (opener.closing !== own) continue;
      pairs.push([opener.place, i]);
      open.length = depth;
      break;
    }
  }
  return pairs.sort(([a], [b]) => a - b);
}
