import type { PdfFile } from './pdf-file.ts';

/** What PDF/A asks for: which colours the numbers mean. @returns entries of the catalog */
export function writeOutputIntent(file: PdfFile): string {
  const profile = file.allocate();
  file.compressed(profile, '/N 3/Alternate/DeviceRGB', srgbProfile());
  const name = 'sRGB IEC61966-2.1';
  return `/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(${name})/Info(${name})/DestOutputProfile ${profile} 0 R>>]`;
}

const D50 = [0.9642, 1, 0.82491];
/** From D65, which sRGB is seen under, to D50 (Bradford). */
const ADAPTATION = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];
const RED = [0.43607, 0.22249, 0.01392];
const GREEN = [0.38515, 0.71687, 0.09708];
const BLUE = [0.14307, 0.06061, 0.7141];
/** The curve of IEC 61966-2-1: exponent, a, b, c, d. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
const HEADER_LENGTH = 128;

/** sRGB as an ICC profile (ICC.1:2010, version 4.3): three colorants, one curve. */
export function srgbProfile(): Uint8Array {
  const curve = Buffer.concat([Buffer.from('para\0\0\0\0\0\x03\0\0', 'latin1'), fixed(CURVE)]);
  const tags: [string, Buffer][] = [
    ['desc', unicode('sRGB')],
    ['cprt', unicode('No copyright, use freely')],
    ['wtpt', xyz(D50)],
    ['chad', Buffer.concat([Buffer.from('sf32\0\0\0\0', 'latin1'), fixed(ADAPTATION)])],
    ['rXYZ', xyz(RED)],
    ['gXYZ', xyz(GREEN)],
    ['bXYZ', xyz(BLUE)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const directory = Buffer.alloc(4 + 12 * tags.length);
  directory.writeUInt32BE(tags.length);
  const bodies: Buffer[] = [];
  let at = HEADER_LENGTH + directory.length;
  tags.forEach(([name, body], i) => {
    directory.write(name, 4 + 12 * i, 'latin1');
    directory.writeUInt32BE(at, 8 + 12 * i);
    directory.writeUInt32BE(body.length, 12 + 12 * i);
    bodies.push(body);
    at += body.length;
  });
  return Buffer.concat([header(at), directory, ...bodies]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  bytes.writeUInt32BE(size);
  bytes.writeUInt32BE(0x04300000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  [2026, 1, 1].forEach((part, i) => {
    bytes.writeUInt16BE(part, 24 + 2 * i);
  });
  bytes.write('acsp', 36, 'latin1');
  fixed(D50).copy(bytes, 68);
  return bytes;
}

function xyz(values: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), fixed(values)]);
}

/** `s15Fixed16Number`s. */
function fixed(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    bytes.writeInt32BE(Math.round(value * 65_536), 4 * i);
  });
  return bytes;
}

/** A `multiLocalizedUnicodeType` of one English text, padded to four bytes. */
function unicode(text: string): Buffer {
  const utf16 = Buffer.from(text, 'utf16le').swap16();
  const head = Buffer.from('mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\0\0\0\0\x1c', 'latin1');
  head.writeUInt32BE(utf16.length, 20);
  return Buffer.concat([head, utf16, Buffer.alloc((4 - (utf16.length % 4)) % 4)]);
}
