import type { GlyphFont, GlyphSource } from './truetype.ts';

/** A glyph of the font, moved to where shaping put it, in 1/1000 em. */
export interface ClusterPart {
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
}

/** Glyphs made of another font's glyphs: a base with its marks, a conjunct, a letter with its dots. */
class ClusterFont implements GlyphFont {
  readonly parts: GlyphFont;
  readonly #clusters: { parts: readonly ClusterPart[]; advance: number }[] = [];
  readonly #known = new Map<string, number>();

  constructor(parts: GlyphFont) {
    this.parts = parts;
  }

  add(parts: readonly ClusterPart[], advance: number): number {
    const key = `${advance} ${parts.map(({ glyph, x, y }) => `${glyph},${x},${y}`).join(' ')}`;
    let glyph = this.#known.get(key);
    if (glyph === undefined) {
      glyph = this.#clusters.push({ parts, advance }) - 1;
      this.#known.set(key, glyph);
    }
    return glyph;
  }

  advance(glyph: number): number {
    return this.#clusters[glyph]?.advance ?? 0;
  }

  /** A composite (OpenType 1.9, `glyf`, "Composite glyph description") with word arguments that are offsets. */
  outline(glyph: number): Uint8Array {
    const parts = (this.#clusters[glyph]?.parts ?? []).filter((part) => this.parts.outline(part.glyph).length > 0);
    if (parts.length === 0) return new Uint8Array(0);
    const view = new DataView(new ArrayBuffer(10 + 8 * parts.length));
    [-1, ...this.#box(parts)].forEach((value, i) => {
      view.setInt16(2 * i, value);
    });
    parts.forEach((part, i) => {
      const more = i < parts.length - 1 ? 0x20 : 0;
      [0x0003 | more, part.glyph, Math.round(part.x), Math.round(part.y)].forEach((value, word) => {
        view.setInt16(10 + 8 * i + 2 * word, value);
      });
    });
    return new Uint8Array(view.buffer);
  }

  #box(parts: readonly ClusterPart[]): number[] {
    const boxes = parts.map(({ glyph, x, y }) => {
      const outline = this.parts.outline(glyph);
      const view = new DataView(outline.buffer, outline.byteOffset, 10);
      return [view.getInt16(2) + x, view.getInt16(4) + y, view.getInt16(6) + x, view.getInt16(8) + y].map(Math.round);
    });
    const edge = (side: number, outer: (a: number, b: number) => number): number =>
      boxes.map((box) => box[side] as number).reduce(outer);
    return [edge(0, least), edge(1, least), edge(2, most), edge(3, most)];
  }
}

const least = (a: number, b: number): number => Math.min(a, b);
const most = (a: number, b: number): number => Math.max(a, b);

/** The clusters of one typeface of one document: they go when it is done. */
export class ClusterFonts {
  readonly #fonts = new Map<GlyphFont, ClusterFont>();

  /** @param advance of the whole, in 1/1000 em */
  glyph(font: GlyphFont, parts: readonly ClusterPart[], advance: number): GlyphSource {
    let clusters = this.#fonts.get(font);
    if (clusters === undefined) {
      clusters = new ClusterFont(font);
      this.#fonts.set(font, clusters);
    }
    return { font: clusters, glyph: clusters.add(parts, Math.max(0, Math.round(advance))) };
  }
}
