// Longer than a file should be: one format, read from its front to its end.
import { brotliDecompressSync } from 'node:zlib';
import { placeOutlines } from './outlines.ts';

/** Tags that WOFF2 writes as a number (https://www.w3.org/TR/WOFF2/#table_dir_format). */
const KNOWN_TAGS =
  'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill';

interface Entry {
  readonly tag: string;
  readonly transformed: boolean;
  /** In the decompressed stream. */
  readonly length: number;
  readonly offset: number;
}

/** Turns a WOFF2 font back into the TrueType file that it was made of, as far as outlines and metrics go. */
export function decodeWoff2(file: Uint8Array): Uint8Array {
  const reader = new Reader(file, 12);
  const count = reader.u16();
  reader.at = 20;
  const compressed = reader.u32();
  reader.at = 48;
  const entries = readDirectory(reader, count);
  const data = new Uint8Array(brotliDecompressSync(file.subarray(reader.at, reader.at + compressed)));
  const tables = new Map<string, Uint8Array>();
  for (const { tag, offset, length, transformed } of entries) {
    if (!transformed) tables.set(tag, data.slice(offset, offset + length));
  }
  const glyf = entries.find(({ tag, transformed }) => tag === 'glyf' && transformed);
  if (glyf !== undefined) {
    const rebuilt = rebuildGlyphs(data.subarray(glyf.offset, glyf.offset + glyf.length));
    tables.set('glyf', rebuilt.glyf);
    tables.set('loca', rebuilt.loca);
    new DataView((tables.get('head') as Uint8Array).buffer).setInt16(50, 1);
    const hmtx = entries.find(({ tag, transformed }) => tag === 'hmtx' && transformed);
    if (hmtx !== undefined) {
      const metrics = data.subarray(hmtx.offset, hmtx.offset + hmtx.length);
      tables.set('hmtx', rebuildMetrics(metrics, tables.get('hhea') as Uint8Array, rebuilt.lefts));
    }
  }
  return toSfnt(tables);
}

function readDirectory(reader: Reader, count: number): Entry[] {
  const entries: Entry[] = [];
  let offset = 0;
  for (let i = 0; i < count; i += 1) {
    const flags = reader.u8();
    const known = flags & 0x3f;
    const tag = known === 0x3f ? reader.tag() : KNOWN_TAGS.slice(known * 5, known * 5 + 4);
    const version = flags >> 6;
    const original = reader.base128();
    const outlines = tag === 'glyf' || tag === 'loca';
    const transformed = outlines ? version !== 3 : version !== 0;
    const length = transformed ? reader.base128() : original;
    entries.push({ tag, transformed, length, offset });
    offset += length;
  }
  return entries;
}

/** Undoes the transformation of `glyf` and `loca` (WOFF2, 5.1). */
function rebuildGlyphs(data: Uint8Array): { glyf: Uint8Array; loca: Uint8Array; lefts: number[] } {
  const header = new Reader(data, 4);
  const count = header.u16();
  header.at = 8;
  const sizes = Array.from({ length: 7 }, () => header.u32());
  let at = 36;
  const [contours, points, flags, glyphs, composites, boxes, instructions] = sizes.map((size) => {
    at += size;
    return new Reader(data, at - size);
  }) as [Reader, Reader, Reader, Reader, Reader, Reader, Reader];
  const boxMap = boxes.at;
  boxes.at += 4 * ((count + 31) >> 5);
  const streams = { points, flags, glyphs, composites, instructions };
  const outlines: Uint8Array[] = [];
  const lefts: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const own = contours.i16();
    const hasBox = ((data[boxMap + (i >> 3)] as number) & (0x80 >> (i & 7))) !== 0;
    const box = hasBox ? [boxes.i16(), boxes.i16(), boxes.i16(), boxes.i16()] : undefined;
    const outline = own === 0 ? new Uint8Array(0) : own < 0 ? composite(streams, box ?? []) : simple(streams, own, box);
    outlines.push(outline);
    lefts.push(outline.length === 0 ? 0 : new DataView(outline.buffer).getInt16(2));
  }
  return { ...placeOutlines(outlines), lefts };
}

interface Streams {
  readonly points: Reader;
  readonly flags: Reader;
  readonly glyphs: Reader;
  readonly composites: Reader;
  readonly instructions: Reader;
}

function simple(
  { points, flags, glyphs, instructions }: Streams,
  contours: number,
  box: number[] | undefined,
): Uint8Array {
  const ends: number[] = [];
  let count = 0;
  for (let i = 0; i < contours; i += 1) {
    count += points.u255();
    ends.push(count - 1);
  }
  const outline: Point[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < count; i += 1) {
    const flag = flags.u8();
    const [dx, dy] = triplet(flag & 0x7f, glyphs);
    x += dx;
    y += dy;
    outline.push({ x, y, onCurve: (flag & 0x80) === 0 });
  }
  instructions.at += glyphs.u255();
  return encodeGlyph(outline, ends, box);
}

/** How far a point lies from the one before (WOFF2, 5.2, "triplet encoding"). */
function triplet(flag: number, glyphs: Reader): [number, number] {
  const signed = (bit: number, value: number): number => ((flag >> bit) & 1 ? value : -value);
  if (flag < 10) return [0, signed(0, ((flag & 14) << 7) + glyphs.u8())];
  if (flag < 20) return [signed(0, (((flag - 10) & 14) << 7) + glyphs.u8()), 0];
  if (flag < 84) {
    const base = flag - 20;
    const byte = glyphs.u8();
    return [signed(0, 1 + (base & 0x30) + (byte >> 4)), signed(1, 1 + ((base & 0x0c) << 2) + (byte & 15))];
  }
  if (flag < 120) {
    const base = flag - 84;
    const dx = 1 + (Math.floor(base / 12) << 8) + glyphs.u8();
    return [signed(0, dx), signed(1, 1 + (((base % 12) >> 2) << 8) + glyphs.u8())];
  }
  const [a, b, c] = [glyphs.u8(), glyphs.u8(), glyphs.u8()];
  if (flag < 124) return [signed(0, (a << 4) + (b >> 4)), signed(1, ((b & 15) << 8) + c)];
  return [signed(0, (a << 8) + b), signed(1, (c << 8) + glyphs.u8())];
}

function composite({ composites, glyphs, instructions }: Streams, box: readonly number[]): Uint8Array {
  const start = composites.at;
  let hasInstructions = false;
  for (let flags = 0x20; (flags & 0x20) !== 0; ) {
    flags = composites.u16();
    hasInstructions ||= (flags & 0x100) !== 0;
    composites.at += 2 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
  }
  const parts = composites.data.slice(start, composites.at);
  if (hasInstructions) instructions.at += glyphs.u255();
  const out = new Uint8Array(10 + parts.length + 2);
  const view = new DataView(out.buffer);
  [-1, ...box].forEach((value, i) => {
    view.setInt16(2 * i, value);
  });
  out.set(parts, 10);
  return out;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

/** Writes a simple glyph as `glyf` stores it, with every coordinate as a word: small is deflate's business. */
export function encodeGlyph(points: readonly Point[], ends: readonly number[], box = boxOf(points)): Uint8Array {
  const out = new DataView(new ArrayBuffer(10 + 2 * ends.length + 2 + 5 * points.length));
  [ends.length, ...box].forEach((value, i) => {
    out.setInt16(2 * i, value);
  });
  ends.forEach((end, i) => {
    out.setUint16(10 + 2 * i, end);
  });
  const flagsAt = 12 + 2 * ends.length;
  let [x, y] = [0, 0];
  points.forEach((point, i) => {
    out.setUint8(flagsAt + i, point.onCurve ? 1 : 0);
    out.setInt16(flagsAt + points.length + 2 * i, point.x - x);
    out.setInt16(flagsAt + 3 * points.length + 2 * i, point.y - y);
    x = point.x;
    y = point.y;
  });
  return new Uint8Array(out.buffer);
}

function boxOf(points: readonly Point[]): number[] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Undoes the transformation of `hmtx`: side bearings that equal the outline's left edge were left out (WOFF2, 5.4). */
function rebuildMetrics(data: Uint8Array, hhea: Uint8Array, lefts: readonly number[]): Uint8Array {
  const full = new DataView(hhea.buffer).getUint16(34);
  const reader = new Reader(data, 0);
  const flags = reader.u8();
  const advances = Array.from({ length: full }, () => reader.u16());
  const out = new DataView(new ArrayBuffer(4 * full + 2 * (lefts.length - full)));
  lefts.forEach((left, i) => {
    const own = i < full;
    const bearing = (flags & (own ? 1 : 2)) !== 0 ? left : reader.i16();
    if (own) out.setUint16(4 * i, advances[i] as number);
    out.setInt16(own ? 4 * i + 2 : 4 * full + 2 * (i - full), bearing);
  });
  return new Uint8Array(out.buffer);
}

function toSfnt(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const size = [...tables.values()].reduce((sum, table) => sum + ((table.length + 3) & ~3), 12 + 16 * tables.size);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.size);
  let at = 12 + 16 * tables.size;
  [...tables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .forEach(([tag, table], i) => {
      const entry = 12 + 16 * i;
      for (let c = 0; c < 4; c += 1) out[entry + c] = tag.charCodeAt(c);
      view.setUint32(entry + 8, at);
      view.setUint32(entry + 12, table.length);
      out.set(table, at);
      at += (table.length + 3) & ~3;
    });
  return out;
}

class Reader {
  readonly data: Uint8Array;
  at: number;

  constructor(data: Uint8Array, at: number) {
    this.data = data;
    this.at = at;
  }

  u8(): number {
    return this.data[this.at++] as number;
  }

  u16(): number {
    return (this.u8() << 8) | this.u8();
  }

  i16(): number {
    return (this.u16() << 16) >> 16;
  }

  u32(): number {
    return this.u16() * 65_536 + this.u16();
  }

  tag(): string {
    return String.fromCharCode(this.u8(), this.u8(), this.u8(), this.u8());
  }

  base128(): number {
    let value = 0;
    for (let byte = 0x80; (byte & 0x80) !== 0; ) {
      byte = this.u8();
      value = value * 128 + (byte & 0x7f);
    }
    return value;
  }

  u255(): number {
    const code = this.u8();
    if (code === 253) return this.u16();
    if (code === 255) return this.u8() + 253;
    return code === 254 ? this.u8() + 506 : code;
  }
}
