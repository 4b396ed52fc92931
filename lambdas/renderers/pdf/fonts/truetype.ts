import { placeOutlines } from './outlines.ts';
import type { Sfnt } from './sfnt.ts';

/** A glyph of some font file. */
export interface GlyphSource {
  readonly font: GlyphFont;
  readonly glyph: number;
}

/** What the writer needs of a font: metrics in 1/1000 em and outlines in a grid of 1000 units per em. */
export interface GlyphFont {
  advance(glyph: number): number;
  /** An entry of `glyf`: a simple glyph, or a composite. */
  outline(glyph: number): Uint8Array;
  /** Whose glyphs the parts of composites are, where not the font's own. */
  readonly parts?: GlyphFont;
}

export const UNITS_PER_EM = 1000;
const MORE_COMPONENTS = 0x20;
const HAS_INSTRUCTIONS = 0x100;

/**
 * Makes a TrueType font whose character code `c` (U+F000 + c of a Microsoft symbol `cmap`, the one form that PDF
 * defines for symbolic fonts: ISO 32000-1, 9.6.6.4) shows `glyphs[c]`. Glyphs may come from several files, so that one
 * font serves a text of many scripts. Instructions are dropped: they belong to a file's own program, and viewers that
 * smooth text do without.
 * @param codes `codes[c]` is the glyph of code `c`, `undefined` where the code is free
 */
export function buildTrueType(
  codes: readonly (GlyphSource | undefined)[],
  notdef: GlyphSource,
  metrics: Sfnt,
): Uint8Array {
  const glyphs = new GlyphTable();
  glyphs.add(notdef);
  const map = new Uint16Array(256);
  codes.forEach((source, code) => {
    if (source !== undefined) map[code] = glyphs.add(source);
  });
  glyphs.closeOverParts();
  return assemble(glyphs, map, metrics);
}

class GlyphTable {
  readonly sources: GlyphSource[] = [];
  readonly outlines: Uint8Array[] = [];
  readonly #ids = new Map<GlyphFont, Map<number, number>>();

  add(source: GlyphSource): number {
    let ids = this.#ids.get(source.font);
    if (ids === undefined) {
      ids = new Map();
      this.#ids.set(source.font, ids);
    }
    let id = ids.get(source.glyph);
    if (id === undefined) {
      id = this.sources.push(source) - 1;
      ids.set(source.glyph, id);
    }
    return id;
  }

  /** Copies every outline; the parts of composites join the table as they are met, and the loop reaches them too. */
  closeOverParts(): void {
    for (let i = 0; i < this.sources.length; i += 1) {
      const source = this.sources[i] as GlyphSource;
      const outline = source.font.outline(source.glyph);
      this.outlines.push(isComposite(outline) ? this.#withParts(outline, source.font) : withoutInstructions(outline));
    }
  }

  #withParts(outline: Uint8Array, font: GlyphFont): Uint8Array {
    // Not `slice`: font files are Buffers, whose `slice` shares memory, and the next subset would read our numbers.
    const copy = new Uint8Array(outline);
    const view = viewOf(copy);
    let at = 10;
    for (;;) {
      const flags = view.getUint16(at);
      view.setUint16(at, flags & ~HAS_INSTRUCTIONS);
      view.setUint16(at + 2, this.add({ font: font.parts ?? font, glyph: view.getUint16(at + 2) }));
      at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
      if ((flags & MORE_COMPONENTS) === 0) return copy.subarray(0, at);
    }
  }
}

function isComposite(outline: Uint8Array): boolean {
  return outline.length > 0 && viewOf(outline).getInt16(0) < 0;
}

function withoutInstructions(outline: Uint8Array): Uint8Array {
  if (outline.length === 0) return outline;
  const view = viewOf(outline);
  const lengthAt = 10 + 2 * view.getInt16(0);
  const skip = view.getUint16(lengthAt);
  if (skip === 0) return outline;
  const copy = new Uint8Array(outline.length - skip);
  copy.set(outline.subarray(0, lengthAt));
  copy.set(outline.subarray(lengthAt + 2 + skip), lengthAt + 2);
  return copy;
}

function assemble(glyphs: GlyphTable, map: Uint16Array, metrics: Sfnt): Uint8Array {
  const count = glyphs.outlines.length;
  const scale = UNITS_PER_EM / metrics.unitsPerEm;
  const ascent = Math.round(metrics.ascent * scale);
  const descent = Math.round(metrics.descent * scale);
  const { glyf, loca } = placeOutlines(glyphs.outlines);
  const tables: [string, Uint8Array][] = [
    ['cmap', symbolCmap(map)],
    ['glyf', glyf],
    ['head', headTable(ascent, descent)],
    ['hhea', words([1, 0, ascent, descent, 0, 3000, 0, 0, 3000, 1, 0, 0, 0, 0, 0, 0, 0, count])],
    ['hmtx', horizontalMetrics(glyphs)],
    ['loca', loca],
    ['maxp', maximums(glyphs.outlines)],
    ['post', words([3, 0, 0, 0, -100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ];
  return joinTables(tables);
}

function symbolCmap(map: Uint16Array): Uint8Array {
  // Format 4 with one segment for all 256 codes and the closing one; idRangeOffset leads to the glyph array behind.
  const header = [0, 1, 3, 0, 0, 12, 4, 32 + 512, 0, 4, 4, 1, 0, 0xf0ff, 0xffff, 0, 0xf000, 0xffff, 0, 1, 4, 0];
  return words([...header, ...map]);
}

function headTable(ascent: number, descent: number): Uint8Array {
  // Version, revision, checksum (filled in by nobody: readers of embedded fonts do not ask), magic, flags, units per em.
  const start = [1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0x3, UNITS_PER_EM];
  const dates = [0, 0, 0, 0, 0, 0, 0, 0];
  return words([...start, ...dates, -1000, descent, 3000, ascent, 0, 8, 2, 1, 0]);
}

function horizontalMetrics(glyphs: GlyphTable): Uint8Array {
  return words(
    glyphs.sources.flatMap(({ font, glyph }, i) => {
      const outline = glyphs.outlines[i] as Uint8Array;
      return [font.advance(glyph), outline.length === 0 ? 0 : viewOf(outline).getInt16(2)];
    }),
  );
}

function maximums(outlines: readonly Uint8Array[]): Uint8Array {
  let points = 0;
  let contours = 0;
  for (const outline of outlines) {
    if (outline.length === 0 || isComposite(outline)) continue;
    const view = viewOf(outline);
    const own = view.getInt16(0);
    contours = Math.max(contours, own);
    if (own > 0) points = Math.max(points, view.getUint16(10 + 2 * (own - 1)) + 1);
  }
  const compositePoints = Math.min(points * 8, 0xffff);
  const compositeContours = Math.min(contours * 8, 0xffff);
  return words([
    1,
    0,
    outlines.length,
    points,
    contours,
    compositePoints,
    compositeContours,
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    8,
    5,
  ]);
}

function joinTables(tables: readonly [string, Uint8Array][]): Uint8Array {
  const start = 12 + 16 * tables.length;
  const size = tables.reduce((sum, [, table]) => sum + ((table.length + 3) & ~3), start);
  const file = new Uint8Array(size);
  const view = viewOf(file);
  view.setUint32(0, 0x00010000);
  words([tables.length, 128, 3, tables.length * 16 - 128]).forEach((byte, i) => {
    file[4 + i] = byte;
  });
  let at = start;
  tables.forEach(([tag, table], i) => {
    const entry = 12 + 16 * i;
    for (let c = 0; c < 4; c += 1) file[entry + c] = tag.charCodeAt(c);
    file.set(table, at);
    const padded = (table.length + 3) & ~3;
    view.setUint32(entry + 4, checksum(view, at, padded));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, table.length);
    at += padded;
  });
  return file;
}

function checksum(view: DataView, start: number, length: number): number {
  let sum = 0;
  for (let at = start; at < start + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function words(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  values.forEach((value, i) => {
    view.setUint16(2 * i, value & 0xffff);
  });
  return new Uint8Array(view.buffer);
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}
