import { LateLibrary } from '../late-library.ts';
import { type GlyphFont, UNITS_PER_EM } from './truetype.ts';
import { encodeGlyph, type Point } from './woff2.ts';

export type HarfBuzz = typeof import('harfbuzzjs');

/** The shaping engine: a WebAssembly module of 0.4 MB. */
const library = new LateLibrary<HarfBuzz>(() => import('harfbuzzjs'));

/** @throws `LibraryNeeded` */
export function harfBuzz(): HarfBuzz {
  return library.get();
}

/** A font as HarfBuzz sees it, in a grid of 1000 units per em whatever its own is. */
export class ShapedFont implements GlyphFont {
  readonly font: InstanceType<HarfBuzz['Font']>;

  /** @param weight of a variable font: 400 regular, 700 bold */
  constructor(data: Uint8Array, weight?: number) {
    const hb = harfBuzz();
    this.font = new hb.Font(new hb.Face(new hb.Blob(data)));
    this.font.setScale(UNITS_PER_EM, UNITS_PER_EM);
    if (weight !== undefined) this.font.setVariations([new hb.Variation('wght', weight)]);
  }

  glyphOf(codePoint: number): number {
    return this.font.nominalGlyph(codePoint) ?? 0;
  }

  advance(glyph: number): number {
    return Math.max(0, Math.round(this.font.glyphHAdvance(glyph)));
  }

  /** The outline with a variable font's weight applied, and composites taken apart. */
  outline(glyph: number): Uint8Array {
    const points: Point[] = [];
    const ends: number[] = [];
    const add = (x = 0, y = 0, onCurve = true): void => {
      points.push({ x: Math.round(x), y: Math.round(y), onCurve });
    };
    for (const { type, values } of this.font.glyphToJson(glyph)) {
      if (type === 'M' || type === 'L') add(values[0], values[1]);
      else if (type === 'Q') {
        add(values[0], values[1], false);
        add(values[2], values[3]);
      } else if (type === 'Z') ends.push(points.length - 1);
    }
    return ends.length === 0 ? new Uint8Array(0) : encodeGlyph(points.slice(0, ends.at(-1)! + 1), ends);
  }
}
