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
    const edge = (side: number): number[] => boxes.map((box) => box[side] as number);
    return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
  }
}

const fonts = new WeakMap<GlyphFont, ClusterFont>();

/** @param advance of the whole, in 1/1000 em */
export function clusterGlyph(font: GlyphFont, parts: readonly ClusterPart[], advance: number): GlyphSource {
  let clusters = fonts.get(font);
  if (clusters === undefined) {
    clusters = new ClusterFont(font);
    fonts.set(font, clusters);
  }
  return { font: clusters, glyph: clusters.add(parts, Math.max(0, Math.round(advance))) };
}
