import { cleanField } from '../table/clean-field.ts';
import type { Warnings } from '../table/warnings.ts';

/** Excel's limits of a cell, in UTF-16 units and line feeds. */
export const MAX_CELL_LENGTH = 32_767;
const MAX_LINE_FEEDS = 253;

export const PLAIN = 0;
export const MARKUP = 1;
export const RARE = 2;
export const UNDERSCORE = 3;
const BEYOND_ASCII = 4;

/** How a byte of UTF-8, or a UTF-16 unit below 128, gets into XML: {@link PLAIN} ones are copied as they are. */
export const SPECIAL = new Uint8Array(256);
SPECIAL.fill(RARE, 0, 32);
SPECIAL.fill(BEYOND_ASCII, 0x80);
SPECIAL[60] = SPECIAL[62] = SPECIAL[38] = MARKUP;
SPECIAL[95] = UNDERSCORE;

/**
 * Writes text as UTF-8, escaped for XML: a loop by hand, because a native call per short string costs more.
 * @param bytes must have room for the text and 6 bytes per unit
 * @returns the position after it, or -1 when the text holds something rare (controls, half pairs, `_x…`, blank edges,
 * too much of it) and must go through {@link safeText}
 */
export function writeText(bytes: Uint8Array, position: number, text: string): number {
  const length = text.length;
  if (length > MAX_CELL_LENGTH) return -1;
  // Readers may trim a value that starts or ends in a space.
  if (text.charCodeAt(0) <= 32 || text.charCodeAt(length - 1) <= 32) return -1;
  let at = position;
  for (let i = 0; i < length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 128) {
      const special = SPECIAL[unit];
      if (special === PLAIN) {
        bytes[at++] = unit;
      } else if (special === MARKUP) {
        at = writeEntity(bytes, at, unit);
      } else if (special === UNDERSCORE && (text.charCodeAt(i + 1) | 32) !== 120) {
        bytes[at++] = unit;
      } else {
        return -1;
      }
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 63);
    } else if (unit < 0xd800 || (unit >= 0xe000 && unit < 0xfffe)) {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 63);
      bytes[at++] = 0x80 | (unit & 63);
    } else {
      const low = text.charCodeAt(i + 1);
      if (unit >= 0xdc00 || !(low >= 0xdc00 && low < 0xe000)) return -1;
      i += 1;
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 63);
      bytes[at++] = 0x80 | ((point >> 6) & 63);
      bytes[at++] = 0x80 | (point & 63);
    }
  }
  return at;
}

export function writeEntity(bytes: Uint8Array, position: number, unit: number): number {
  let at = position;
  bytes[at++] = 38;
  if (unit === 38) {
    bytes[at++] = 97;
    bytes[at++] = 109;
    bytes[at++] = 112;
  } else {
    bytes[at++] = unit === 60 ? 108 : 103;
    bytes[at++] = 116;
  }
  bytes[at++] = 59;
  return at;
}

/**
 * Any text as a cell can hold it, escaped for XML.
 * @param where names the cell, should there be something to warn of
 */
export function safeText(text: string, warnings: Warnings, where: () => string): string {
  const clean = cleanField(text, warnings, where);
  const fitting = shorten(clean);
  if (fitting.length < clean.length) {
    const limits = `${MAX_CELL_LENGTH} characters and ${MAX_LINE_FEEDS} line feeds`;
    warnings.add('CELL_CUT', () => `${where()} was cut: a cell holds at most ${limits}.`);
  }
  return escapeXml(escapeCodes(fitting));
}

function shorten(text: string): string {
  const fitting = cutText(text, MAX_CELL_LENGTH);
  for (let feeds = 0, at = fitting.indexOf('\n'); at >= 0; at = fitting.indexOf('\n', at + 1)) {
    feeds += 1;
    if (feeds > MAX_LINE_FEEDS) return fitting.slice(0, at);
  }
  return fitting;
}

/** The first `length` UTF-16 units, without half of a surrogate pair at the end. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const splits = (text.charCodeAt(length - 1) & 0xfc00) === 0xd800;
  return text.slice(0, splits ? length - 1 : length);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] as string);
}

/** Keeps `_x0041_` from being decoded to `A`, as Excel does in cells. */
export function escapeCodes(text: string): string {
  return text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}
