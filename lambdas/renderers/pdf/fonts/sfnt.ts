/** The tag `wght`. */
const WEIGHT_AXIS = 0x77676874;

/**
 * A TrueType font file, read where it is asked and nowhere else: opening one costs a table directory, not a parse.
 * Layout of the tables: OpenType 1.9 (https://learn.microsoft.com/typography/opentype/spec/).
 */
export class Sfnt {
  readonly data: Uint8Array;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly glyphCount: number;
  /** Of a variable font, as its outlines are stored: 400 is regular. */
  readonly defaultWeight: number | undefined;
  readonly #view: DataView;
  readonly #tables = new Map<string, { offset: number; length: number }>();
  readonly #metricCount: number;
  readonly #longOffsets: boolean;
  readonly #cmap: { format: 4 | 12; offset: number } | undefined;

  /** @throws `RangeError` for bytes that are no font with TrueType outlines */
  constructor(data: Uint8Array) {
    this.data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const count = this.#view.getUint16(4);
    for (let at = 12; at < 12 + 16 * count; at += 16) {
      const tag = String.fromCharCode(...data.subarray(at, at + 4));
      this.#tables.set(tag, { offset: this.#view.getUint32(at + 8), length: this.#view.getUint32(at + 12) });
    }
    const head = this.#offset('head');
    this.unitsPerEm = this.#view.getUint16(head + 18);
    this.#longOffsets = this.#view.getInt16(head + 50) === 1;
    const hhea = this.#offset('hhea');
    this.ascent = this.#view.getInt16(hhea + 4);
    this.descent = this.#view.getInt16(hhea + 6);
    this.#metricCount = this.#view.getUint16(hhea + 34);
    this.glyphCount = this.#view.getUint16(this.#offset('maxp') + 4);
    this.#cmap = this.#findCmap();
    this.defaultWeight = this.#findDefaultWeight();
  }

  has(tag: string): boolean {
    return this.#tables.has(tag);
  }

  /** Glyph of a code point; 0 where the font has none. */
  glyphOf(codePoint: number): number {
    if (this.#cmap === undefined) return 0;
    return this.#cmap.format === 12
      ? this.#glyphFromGroups(this.#cmap.offset, codePoint)
      : this.#glyphFromSegments(this.#cmap.offset, codePoint);
  }

  /** In font units. */
  advance(glyph: number): number {
    return this.#view.getUint16(this.#offset('hmtx') + 4 * Math.min(glyph, this.#metricCount - 1));
  }

  /** The glyph's entry in `glyf`, empty for a blank. */
  outline(glyph: number): Uint8Array {
    const loca = this.#offset('loca');
    const glyf = this.#offset('glyf');
    const start = this.#longOffsets
      ? this.#view.getUint32(loca + 4 * glyph)
      : this.#view.getUint16(loca + 2 * glyph) * 2;
    const end = this.#longOffsets
      ? this.#view.getUint32(loca + 4 * glyph + 4)
      : this.#view.getUint16(loca + 2 * glyph + 2) * 2;
    return this.data.subarray(glyf + start, glyf + end);
  }

  #offset(tag: string): number {
    const table = this.#tables.get(tag);
    if (table === undefined) throw new RangeError(`the font has no table "${tag}"`);
    return table.offset;
  }

  #findDefaultWeight(): number | undefined {
    const fvar = this.#tables.get('fvar')?.offset;
    if (fvar === undefined) return undefined;
    const axes = fvar + this.#view.getUint16(fvar + 4);
    const size = this.#view.getUint16(fvar + 10);
    for (let axis = 0; axis < this.#view.getUint16(fvar + 8); axis += 1) {
      const at = axes + size * axis;
      if (this.#view.getUint32(at) === WEIGHT_AXIS) return this.#view.getInt32(at + 8) / 65_536;
    }
    return undefined;
  }

  #findCmap(): { format: 4 | 12; offset: number } | undefined {
    const cmap = this.#tables.get('cmap')?.offset;
    if (cmap === undefined) return undefined;
    let found: { format: 4 | 12; offset: number } | undefined;
    for (let i = 0; i < this.#view.getUint16(cmap + 2); i += 1) {
      const offset = cmap + this.#view.getUint32(cmap + 4 + 8 * i + 4);
      const format = this.#view.getUint16(offset);
      if (format === 12) return { format, offset };
      if (format === 4) found = { format, offset };
    }
    return found;
  }

  #glyphFromGroups(offset: number, codePoint: number): number {
    const view = this.#view;
    let low = 0;
    let high = view.getUint32(offset + 12) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = offset + 16 + 12 * middle;
      if (codePoint < view.getUint32(group)) high = middle - 1;
      else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
      else return view.getUint32(group + 8) + codePoint - view.getUint32(group);
    }
    return 0;
  }

  #glyphFromSegments(offset: number, codePoint: number): number {
    const view = this.#view;
    if (codePoint > 0xffff) return 0;
    const twice = view.getUint16(offset + 6);
    const ends = offset + 14;
    let low = 0;
    let high = twice / 2 - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (view.getUint16(ends + 2 * middle) < codePoint) low = middle + 1;
      else high = middle;
    }
    const startAt = ends + twice + 2 + 2 * low;
    const start = view.getUint16(startAt);
    if (codePoint < start || codePoint > view.getUint16(ends + 2 * low)) return 0;
    const delta = view.getUint16(startAt + twice);
    const rangeAt = startAt + 2 * twice;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + 2 * (codePoint - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
}
