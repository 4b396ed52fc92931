import { ClusterFonts, type ClusterPart } from '../fonts/cluster-font.ts';
import type { FallbackFonts } from '../fonts/fallback.ts';
import { latinFont, type OpenFont, type Weight } from '../fonts/open-fonts.ts';
import type { Sfnt } from '../fonts/sfnt.ts';
import type { Subset } from '../fonts/subset.ts';
import type { GlyphFont, GlyphSource } from '../fonts/truetype.ts';
import { needsLayout } from './scripts.ts';

/** Where a character stands that has no slot yet. */
export const UNKNOWN = 0;
/** Where a character stands that cannot be set by itself: it must be shaped, reordered or left out. */
export const NEEDS_LAYOUT = 1;

/** A slot packs what setting a character takes: `advance << 18 | subset << 8 | code`. */
export const CODE_MASK = 0xff;
export const SUBSET_MASK = 0x3ff00;
export const ADVANCE_SHIFT = 18;

const TAB = 9;
const TAB_SPACES = 4;

/**
 * All characters of one weight, over all fonts: a table from UTF-16 unit to slot, filled as characters are met, so that
 * setting one that was seen before is a single read.
 */
export class Typeface {
  readonly weight: Weight;
  readonly base: Sfnt;
  readonly slots = new Uint32Array(65_536);
  readonly notdef: GlyphSource;
  readonly #box: GlyphSource;
  readonly subsets: Subset[] = [];
  readonly #clusters = new ClusterFonts();
  /** What the base font has not: whose it is, or `null` where no font has it. */
  readonly #fallen = new Map<number, GlyphSource | null>();
  readonly #beyond = new Map<number, number>();
  readonly #shaped = new Map<GlyphFont, Map<string, number>>();
  readonly #open: () => Subset;
  readonly #fallback: FallbackFonts;
  readonly #onMissing: (codePoint: number) => void;

  constructor(weight: Weight, open: () => Subset, fallback: FallbackFonts, onMissing: (codePoint: number) => void) {
    this.weight = weight;
    this.base = latinFont(weight);
    this.notdef = { font: this.base, glyph: 0 };
    // A glyph of its own: PDF/A and PDF/UA forbid text that is shown as `.notdef`.
    this.#box = this.#clusters.glyph(this.base, [{ glyph: 0, x: 0, y: 0 }], this.base.advance(0));
    this.#open = open;
    this.#fallback = fallback;
    this.#onMissing = onMissing;
    // ASCII first and together: most reports then need no second subset.
    for (let c = 32; c < 127; c += 1) this.slots[c] = this.#allocate(c);
  }

  /** The slot of a code point that may lie beyond U+FFFF; never {@link UNKNOWN}. */
  slot(codePoint: number): number {
    const known = codePoint < 65_536 ? this.slots[codePoint] : this.#beyond.get(codePoint);
    if (known !== undefined && known !== UNKNOWN) return known;
    const slot = codePoint === TAB ? this.#tab() : needsLayout(codePoint) ? NEEDS_LAYOUT : this.#allocate(codePoint);
    if (codePoint < 65_536) this.slots[codePoint] = slot;
    else this.#beyond.set(codePoint, slot);
    return slot;
  }

  /** The slot of a glyph that came out of shaping and stands for `text`. */
  glyphSlot(source: GlyphSource, text: string): number {
    let known = this.#shaped.get(source.font);
    if (known === undefined) {
      known = new Map();
      this.#shaped.set(source.font, known);
    }
    const key = `${source.glyph} ${text}`;
    let slot = known.get(key);
    if (slot === undefined) {
      slot = this.#assign(source, text);
      known.set(key, slot);
    }
    return slot;
  }

  sourceOf(codePoint: number): GlyphSource | undefined {
    const glyph = this.base.glyphOf(codePoint);
    if (glyph !== 0) return { font: this.base, glyph };
    let source = this.#fallen.get(codePoint);
    if (source === undefined) {
      source = this.#fallback.find(codePoint, this.weight) ?? null;
      this.#fallen.set(codePoint, source);
    }
    return source ?? undefined;
  }

  /** The font that shapes emoji of several characters. @throws `LibraryNeeded` */
  emoji(): OpenFont {
    return this.#fallback.emoji(this.weight);
  }

  /** Glyphs of a font as one. @param advance of the whole, in 1/1000 em */
  cluster(font: GlyphFont, parts: readonly ClusterPart[], advance: number): GlyphSource {
    return this.#clusters.glyph(font, parts, advance);
  }

  /** A glyph without outline or width that reads as `text`. */
  emptySlot(text: string): number {
    return this.glyphSlot(this.#clusters.glyph(this.base, [], 0), text);
  }

  get missingWidth(): number {
    return this.#box.font.advance(this.#box.glyph);
  }

  /** A visible box that copies as the text it stands for. */
  missing(text: string): number {
    this.#onMissing(text.codePointAt(0) as number);
    return this.glyphSlot(this.#box, text.replace(/[\0\ufeff\ufffe\uffff]/g, '\ufffd'));
  }

  /** A gap as wide as four spaces, which reads as one: readers do not keep tabs. */
  #tab(): number {
    const space = this.base.advance(this.base.glyphOf(0x20));
    return this.#assign(this.#clusters.glyph(this.base, [], TAB_SPACES * space), ' ');
  }

  #allocate(codePoint: number): number {
    const source = this.sourceOf(codePoint);
    const text = String.fromCodePoint(codePoint);
    return source === undefined ? this.missing(text) : this.#assign(source, text);
  }

  #assign(source: GlyphSource, text: string): number {
    let subset = this.subsets.at(-1);
    let code = subset?.add(source, text);
    if (subset === undefined || code === undefined) {
      subset = this.#open();
      this.subsets.push(subset);
      code = subset.add(source, text) as number;
    }
    return ((source.font.advance(source.glyph) << ADVANCE_SHIFT) | (subset.index << 8) | code) >>> 0;
  }
}
