import { cleanText } from '../../values/text.ts';
import { Bytes } from '../bytes.ts';
import { breakLines } from './break-lines.ts';
import { graphemes } from './graphemes.ts';
import { EMPTY_LINE, type Line, type Segment } from './line.ts';
import type { TextShaper } from './shaper.ts';
import { ADVANCE_SHIFT, CODE_MASK, NEEDS_LAYOUT, SUBSET_MASK, type Typeface, UNKNOWN } from './typeface.ts';

/** What {@link Typesetter.encode} answers when a text cannot be set as a row of codes of one subset. */
export const NOT_PLAIN = -1;

/** Turns text into codes and lines. One per document. */
export class Typesetter {
  /** The codes of the texts encoded since {@link restart}. */
  codes = new Uint8Array(65_536);
  at = 0;
  /** Subset of the text encoded last. */
  subset = 0;
  readonly #shaper: TextShaper;

  constructor(shaper: TextShaper) {
    this.#shaper = shaper;
  }

  /** One with a buffer of its own: for what stays set while other texts come and go. */
  another(): Typesetter {
    return new Typesetter(this.#shaper);
  }

  restart(): void {
    this.at = 0;
  }

  /**
   * Appends the codes of a text, if one subset has all of its characters.
   * @returns the width in 1/1000 em, or {@link NOT_PLAIN}, in which case nothing was appended
   */
  encode(text: string, typeface: Typeface): number {
    const { slots } = typeface;
    const { length } = text;
    const start = this.at;
    if (start + length > this.codes.length) this.#grow(length);
    const { codes } = this;
    let at = start;
    let subset = 0;
    let width = 0;
    for (let i = 0; i < length; i += 1) {
      const unit = text.charCodeAt(i);
      let slot = slots[unit] as number;
      if ((slot & SUBSET_MASK) !== subset) {
        if (slot === UNKNOWN) slot = typeface.slot(unit);
        if (slot === NEEDS_LAYOUT || (subset !== 0 && (slot & SUBSET_MASK) !== subset)) return NOT_PLAIN;
        subset = slot & SUBSET_MASK;
      } else if (slot < 2) {
        if (slot === UNKNOWN) slot = typeface.slot(unit);
        if (slot === NEEDS_LAYOUT) return NOT_PLAIN;
        subset = slot & SUBSET_MASK;
      }
      codes[at++] = slot & CODE_MASK;
      width += slot >>> ADVANCE_SHIFT;
    }
    this.at = at;
    this.subset = subset >> 8;
    return width;
  }

  /** Width of a text on one line, in 1/1000 em. */
  measure(text: string, typeface: Typeface): number {
    const before = this.at;
    const width = this.encode(text, typeface);
    this.at = before;
    return width === NOT_PLAIN ? this.line(text, typeface).width : width;
  }

  /** Sets a text on one line, whatever its width. */
  line(text: string, typeface: Typeface): Line {
    if (text === '') return EMPTY_LINE;
    const before = this.at;
    const width = this.encode(text, typeface);
    this.at = before;
    if (width !== NOT_PLAIN) {
      return { width, segments: [{ subset: this.subset, show: shown(this.codes, before, before + text.length) }] };
    }
    return this.#mixed(text, typeface) ?? this.#shaper.line(text, typeface);
  }

  /** Sets a text on one line of at most `room`, closing with an ellipsis where it had to be cut. */
  fitted(text: string, typeface: Typeface, room: number): Line {
    const flat = cleanText(text).replace(/\s+/g, ' ');
    const whole = this.line(flat, typeface);
    if (whole.width <= room) return whole;
    const clusters = graphemes(flat);
    let low = 0;
    let high = clusters.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.measure(`${clusters.slice(0, middle).join('').trimEnd()}…`, typeface) <= room) low = middle;
      else high = middle - 1;
    }
    return this.line(`${clusters.slice(0, low).join('').trimEnd()}…`, typeface);
  }

  /** Sets a text on as many lines as it takes. */
  wrapped(text: string, typeface: Typeface, room: number): Line[] {
    return breakLines(cleanText(text), room, (piece) => this.measure(piece, typeface)).map((piece) =>
      this.line(piece, typeface),
    );
  }

  /** Characters of several subsets, none of which needs shaping. */
  #mixed(text: string, typeface: Typeface): Line | undefined {
    const segments: Segment[] = [];
    const codes = new Bytes(text.length);
    let subset = 0;
    let width = 0;
    for (const character of text) {
      const slot = typeface.slot(character.codePointAt(0) as number);
      if (slot === NEEDS_LAYOUT) return undefined;
      const next = (slot & SUBSET_MASK) >> 8;
      if (next !== subset && codes.length > 0) {
        segments.push({ subset, show: shown(codes.data, 0, codes.length) });
        codes.clear();
      }
      subset = next;
      codes.byte(slot & CODE_MASK);
      width += slot >>> ADVANCE_SHIFT;
    }
    segments.push({ subset, show: shown(codes.data, 0, codes.length) });
    return { width, segments };
  }

  #grow(room: number): void {
    const grown = new Uint8Array((this.codes.length + room) * 2);
    grown.set(this.codes.subarray(0, this.at));
    this.codes = grown;
  }
}

function shown(codes: Uint8Array, start: number, end: number): Uint8Array {
  const out = new Uint8Array(end - start + 4);
  out[0] = 40;
  out.set(codes.subarray(start, end), 1);
  out.set([41, 84, 106], end - start + 1);
  return out;
}
