// Longer than a file should be: setting plain text and shaped text shares one buffer, whose rules stand together.
import { Bytes } from '../bytes.ts';
import { breakLines } from './break-lines.ts';
import { graphemes } from './graphemes.ts';
import { EMPTY_LINE, type Line, type Segment } from './line.ts';
import { LongTexts } from './long-texts.ts';
import { flatText, splitParagraphs } from './paragraphs.ts';
import { plainRuler, plainWidths, ShapedRuler } from './rulers.ts';
import type { TextShaper } from './shaper.ts';
import { ADVANCE_SHIFT, CODE_MASK, NEEDS_LAYOUT, SUBSET_MASK, type Typeface, UNKNOWN } from './typeface.ts';

/** What {@link Typesetter.encode} answers when a text cannot be set as a row of codes of one subset. */
export const NOT_PLAIN = -1;

/** Beyond this many characters a text is no line, and is not set as one to find out. */
const LONGEST_WHOLE = 400;
const LONGEST_MEASURED = 4000;
const SHORT = 500;

/** Turns text into codes and lines. One per document. */
export class Typesetter {
  /** The codes of the texts encoded since {@link restart}. */
  codes = new Uint8Array(65_536);
  at = 0;
  /** Subset of the text encoded last. */
  subset = 0;
  readonly #shaper: TextShaper;
  #long: LongTexts | undefined;

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

  /** Width of a text on one line, in 1/1000 em. Of a very long text that has to be shaped, an estimate. */
  measure(text: string, typeface: Typeface): number {
    const width = this.#encodedWidth(text, typeface);
    if (width !== NOT_PLAIN) return width;
    const plain = plainWidths(text, typeface);
    if (plain !== undefined) return plain.at(-1) as number;
    if (text.length <= LONGEST_MEASURED) return this.#shaper.line(text, typeface).width;
    const part = this.#shaper.width(startOf(text, LONGEST_MEASURED), typeface);
    return (part * text.length) / LONGEST_MEASURED;
  }

  /** Sets a text on one line, whatever its width. */
  line(text: string, typeface: Typeface): Line {
    if (text === '') return EMPTY_LINE;
    const width = this.#encodedWidth(text, typeface);
    if (width !== NOT_PLAIN) {
      const show = shown(this.codes, this.at, this.at + text.length);
      return { width, segments: [{ subset: this.subset, show }], text, reordered: false };
    }
    return this.#mixed(text, typeface) ?? this.#shaper.line(text, typeface);
  }

  /** Sets a text on one line of at most `room`, closing with an ellipsis where it had to be cut. */
  fitted(text: string, typeface: Typeface, room: number): Line {
    const flat = flatText(text);
    const head = this.#head(flat, typeface, room);
    if (head.length === flat.length && this.measure(flat, typeface) <= room) return this.line(flat, typeface);
    const clusters = graphemes(head);
    const ends = clusters.map(() => 0);
    clusters.reduce((at, cluster, i) => {
      ends[i] = at + cluster.length;
      return at + cluster.length;
    }, 0);
    const cut = (count: number): string => `${head.slice(0, ends[count - 1] ?? 0).trimEnd()}…`;
    let low = 0;
    let high = clusters.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.measure(cut(middle), typeface) <= room) low = middle;
      else high = middle - 1;
    }
    return this.line(cut(low), typeface);
  }

  /** Keeps the lines of long texts, or no more: what is set again and again is wrapped once. */
  keepLongTexts(isKept: boolean): void {
    this.#long = isKept ? new LongTexts() : undefined;
  }

  /** Sets a text on as many lines as it takes. They may be others' as well: nobody may change them. */
  wrapped(text: string, typeface: Typeface, room: number): readonly Line[] {
    const wrap = () => this.#wrapped(text, typeface, room);
    return this.#long?.of(text, typeface, room, wrap) ?? wrap();
  }

  #wrapped(text: string, typeface: Typeface, room: number): Line[] {
    const paragraphs = splitParagraphs(text);
    return paragraphs.flatMap((paragraph, i) => {
      const lines = this.#wrappedParagraph(paragraph, typeface, room);
      const last = lines.at(-1) as Line;
      if (i < paragraphs.length - 1) lines[lines.length - 1] = { ...last, text: `${last.text} ` };
      return lines;
    });
  }

  #wrappedParagraph(text: string, typeface: Typeface, room: number): Line[] {
    const whole = text.trimEnd();
    if (whole.length <= LONGEST_WHOLE && this.measure(whole, typeface) <= room) return [this.line(whole, typeface)];
    const widths = plainWidths(text, typeface);
    if (widths !== undefined) {
      return breakLines(text, room, plainRuler(text, widths)).map(({ start, end, next }) => ({
        ...this.line(text.slice(start, end), typeface),
        text: text.slice(start, next),
      }));
    }
    const paragraph = this.#shaper.paragraph(text);
    const ruler = new ShapedRuler(paragraph, typeface, room, this.#shaper);
    return breakLines(text, room, ruler).map(({ start, end, next }) => ({
      ...ruler.line(start, end),
      text: text.slice(start, next),
    }));
  }

  /** As much of the start of a text as may have room, and a little more: what has none is not shaped. */
  #head(text: string, typeface: Typeface, room: number): string {
    let head = text;
    for (let length = SHORT; length < text.length; length *= 2) {
      head = startOf(text, length);
      if (this.measure(head, typeface) > room) return head;
    }
    return text;
  }

  /** @returns the width in 1/1000 em, or {@link NOT_PLAIN} */
  #encodedWidth(text: string, typeface: Typeface): number {
    const before = this.at;
    const width = this.encode(text, typeface);
    this.at = before;
    return width;
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
    return { width, segments, text, reordered: false };
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

/** The first characters of a text, without half of one. */
function startOf(text: string, length: number): string {
  const halved = (text.charCodeAt(length) & 0xfc00) === 0xdc00;
  return text.slice(0, halved ? length - 1 : length);
}
