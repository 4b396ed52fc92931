import type { OpenFont } from '../fonts/open-fonts.ts';
import { graphemes } from './graphemes.ts';
import type { Typeface } from './typeface.ts';

/** A stretch of text of one font and one direction, in logical order. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly level: number;
  readonly font: OpenFont;
}

/** Marks, joiners, spaces, digits and signs stay with the letters around them where their font can show them. */
const NEUTRAL = /^[\p{M}\p{Cf}\p{Z}\p{N}\p{P}\p{Sc}\p{Sm}\p{Sk}\t]/u;
/** What no font shows: invisible by definition. */
export const INVISIBLE = /^[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+$/u;

/** What makes an emoji of the character before, or one of several. */
const EMOJI_PART =
  /[\ufe0f\u20e3\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]|^[\u{1f1e6}-\u{1f1ff}]|\p{Extended_Pictographic}.*\u200d/u;

/** Parts a text into runs: what a reader takes for one character is of one font, where one font has all of it. */
export function runsOf(text: string, levels: Uint8Array | undefined, typeface: Typeface): Run[] {
  const runs = new Runs(levels);
  let at = 0;
  for (const cluster of graphemes(text)) {
    const whole = fontForAll(cluster, runs.font, typeface);
    if (whole !== undefined) runs.add(at, at + cluster.length, whole);
    else for (const character of cluster) at = runs.addCharacter(at, character, typeface);
    if (whole !== undefined) at += cluster.length;
  }
  return runs.list;
}

class Runs {
  readonly list: { start: number; end: number; level: number; font: OpenFont }[] = [];
  readonly #levels: Uint8Array | undefined;

  constructor(levels: Uint8Array | undefined) {
    this.#levels = levels;
  }

  get font(): OpenFont | undefined {
    return this.list.at(-1)?.font;
  }

  add(start: number, end: number, font: OpenFont): void {
    for (let at = start; at < end; at += 1) {
      const level = this.#levels?.[at] ?? 0;
      const last = this.list.at(-1);
      if (last !== undefined && last.level === level && last.font === font) last.end = at + 1;
      else this.list.push({ start: at, end: at + 1, level, font });
    }
  }

  /** @returns where the next character begins */
  addCharacter(at: number, character: string, typeface: Typeface): number {
    const end = at + character.length;
    this.add(at, end, fontFor(character, this.font, typeface));
    return end;
  }
}

/** @returns `undefined` where no font has all of the characters */
function fontForAll(cluster: string, previous: OpenFont | undefined, typeface: Typeface): OpenFont | undefined {
  const first = String.fromCodePoint(cluster.codePointAt(0) as number);
  if (first.length === cluster.length) return fontFor(first, previous, typeface);
  const points = visibleIn(cluster);
  if (points.length === 0) return previous ?? typeface.base;
  const hasAll = (font: OpenFont): boolean => points.every((point) => font.glyphOf(point) !== 0);
  if (EMOJI_PART.test(cluster)) {
    const emoji = typeface.emoji();
    if (hasAll(emoji)) return emoji;
  }
  const own = fontFor(first, previous, typeface);
  if (hasAll(own)) return own;
  if (hasAll(typeface.base)) return typeface.base;
  return points
    .map((point) => typeface.sourceOf(point)?.font as OpenFont | undefined)
    .find((font) => font && hasAll(font));
}

/** A base with a thousand marks is no character of any font: the first few tell. */
const EXAMINED = 32;

function visibleIn(cluster: string): number[] {
  return Array.from(cluster.slice(0, EXAMINED))
    .filter((character) => !INVISIBLE.test(character))
    .map((character) => character.codePointAt(0) as number);
}

function fontFor(character: string, previous: OpenFont | undefined, typeface: Typeface): OpenFont {
  const codePoint = character.codePointAt(0) as number;
  if (previous !== undefined) {
    if (INVISIBLE.test(character)) return previous;
    // The digits and the space of emoji are as wide as emoji.
    const stays = NEUTRAL.test(character) && previous !== typeface.emoji();
    if (stays && previous.glyphOf(codePoint) !== 0) return previous;
  } else if (INVISIBLE.test(character)) {
    return typeface.base;
  }
  return (typeface.sourceOf(codePoint)?.font as OpenFont | undefined) ?? typeface.base;
}
