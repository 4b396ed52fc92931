import type { Cuts, Ruler } from './break-lines.ts';
import type { Line } from './line.ts';
import type { Paragraph } from './paragraphs.ts';
import type { TextShaper } from './shaper.ts';
import { ADVANCE_SHIFT, NEEDS_LAYOUT, type Typeface } from './typeface.ts';

/** Beyond this a word is most likely to be cut. */
const LONGEST_WORD = 200;

/** The width up to each UTF-16 unit and up to the end, where every character stands for itself. */
export function plainWidths(text: string, typeface: Typeface): Float64Array | undefined {
  const widths = new Float64Array(text.length + 1);
  let width = 0;
  for (let at = 0; at < text.length; at += 1) {
    widths[at] = width;
    const codePoint = text.codePointAt(at) as number;
    const slot = typeface.slot(codePoint);
    if (slot === NEEDS_LAYOUT) return undefined;
    width += slot >>> ADVANCE_SHIFT;
    if (codePoint > 0xffff) {
      at += 1;
      widths[at] = width;
    }
  }
  widths[text.length] = width;
  return widths;
}

/** Measures text of which every character stands for itself. */
export function plainRuler(text: string, widths: Float64Array): Ruler {
  const width = (start: number, end: number): number => (widths[end] as number) - (widths[start] as number);
  return {
    hyphen: 0,
    width,
    cuts(start, end) {
      const ends: number[] = [];
      for (let at = start + 1; at <= end; at += 1) {
        if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00 || at === end) ends.push(at);
      }
      return { ends, widths: ends.map((at, i) => width(ends[i - 1] ?? start, at)) };
    },
  };
}

/** Measures text that has to be shaped: piece by piece, and each line once more as a whole. */
export class ShapedRuler implements Ruler {
  readonly hyphen: number;
  readonly #paragraph: Paragraph;
  readonly #typeface: Typeface;
  readonly #room: number;
  readonly #shaper: TextShaper;
  /** Of the long word that was asked for last: it is asked for again. */
  #cuts: (Cuts & { readonly start: number; readonly end: number; readonly width: number }) | undefined;
  /** By where they begin: the last of each that was set. */
  readonly #lines = new Map<number, { end: number; line: Line }>();

  constructor(paragraph: Paragraph, typeface: Typeface, room: number, shaper: TextShaper) {
    this.#paragraph = paragraph;
    this.#typeface = typeface;
    this.#room = room;
    this.#shaper = shaper;
    this.hyphen = shaper.hyphenWidth(typeface);
  }

  width(start: number, end: number): number {
    if (end - start > LONGEST_WORD) return this.cuts(start, end).width;
    const piece = this.#paragraph.text.slice(start, end);
    return plainWidths(piece, this.#typeface)?.at(-1) ?? this.#shaper.width(piece, this.#typeface);
  }

  cuts(start: number, end: number): Cuts & { readonly width: number } {
    if (this.#cuts?.start !== start || this.#cuts.end !== end) {
      const { ends, widths, width } = this.#shaper.cuts(this.#paragraph.text.slice(start, end), this.#typeface);
      this.#cuts = { start, end, ends: Array.from(ends, (at) => at + start), widths, width };
    }
    return this.#cuts;
  }

  fits(start: number, end: number): boolean {
    return this.line(start, end).width <= this.#room;
  }

  line(start: number, end: number): Line {
    const known = this.#lines.get(start);
    if (known?.end === end) return known.line;
    const line = this.#shaper.lineOf(this.#paragraph, start, end, this.#typeface);
    this.#lines.set(start, { end, line });
    return line;
  }
}
