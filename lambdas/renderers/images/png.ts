import { crc32, inflateSync } from 'node:zlib';
import { checkSize, IMAGE_LIMITS, ImageFault, type Png } from './image.ts';
import { passesOf, rowBytes } from './png-layout.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** A chunk whose name starts with a capital cannot be left out; of those there are no others. */
const CRITICAL = /^(?:IHDR|PLTE|IDAT|IEND|[^A-Z].*)$/s;
/** The chunks that change how an image looks. */
const SHOWN = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'pHYs']);
const DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Length, type, data and checksum. */
  readonly whole: Buffer;
}

/**
 * Reads a PNG (ISO/IEC 15948) and proves that it can be decoded.
 * @throws ImageFault for a file that is none, is damaged, cut off or too large
 */
export function readPng(file: Buffer): Png {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new ImageFault('is not a PNG file');
  const chunks = chunksOf(file);
  const header = readHeader(chunks);
  const ofType = (type: string) => chunks.filter((chunk) => chunk.type === type).map(({ data }) => data);
  const image = {
    ...header,
    palette: new Uint8Array(ofType('PLTE')[0] ?? []),
    transparency: new Uint8Array(ofType('tRNS')[0] ?? []),
    pixels: new Uint8Array(Buffer.concat(ofType('IDAT'))),
  };
  checkPalette(image);
  checkPixels(image);
  const shown = chunks.filter(({ type }) => SHOWN.has(type)).map(({ whole }) => whole);
  return { type: 'png', ...image, bytes: new Uint8Array(Buffer.concat([SIGNATURE, ...shown])) };
}

function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; chunks.at(-1)?.type !== 'IEND'; ) {
    if (at + 12 > file.length) throw new ImageFault('is a truncated PNG file');
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) throw new ImageFault('is a truncated PNG file');
    const whole = file.subarray(at, end);
    if (crc32(whole.subarray(4, -4)) !== whole.readUInt32BE(whole.length - 4)) throw damaged();
    const type = whole.toString('latin1', 4, 8);
    if (!CRITICAL.test(type)) throw damaged();
    chunks.push({ type, data: whole.subarray(8, -4), whole });
    at = end;
  }
  return chunks;
}

function damaged(): ImageFault {
  return new ImageFault('is a damaged PNG file');
}

type Header = Pick<Png, 'width' | 'height' | 'bitDepth' | 'colorType' | 'interlaced'>;

function readHeader([first]: readonly Chunk[]): Header {
  if (first?.type !== 'IHDR' || first.data.length !== 13) throw damaged();
  const [bitDepth, colorType, compression, filter, interlace] = first.data.subarray(8);
  const known = DEPTHS[colorType as number]?.includes(bitDepth as number) === true;
  if (!known || compression !== 0 || filter !== 0 || (interlace as number) > 1) throw damaged();
  const width = first.data.readUInt32BE(0);
  const height = first.data.readUInt32BE(4);
  checkSize(width, height);
  return { width, height, bitDepth: bitDepth as number, colorType: colorType as number, interlaced: interlace === 1 };
}

function checkPalette({ colorType, bitDepth, palette, transparency }: Omit<Png, 'type' | 'bytes'>): void {
  if (colorType === 3) {
    const colors = palette.length / 3;
    if (!Number.isInteger(colors) || colors < 1 || colors > 2 ** bitDepth) throw damaged();
    if (transparency.length > colors) throw damaged();
  }
  if (transparency.length === 0) return;
  const expected: Record<number, number> = { 0: 2, 2: 6, 3: transparency.length };
  if (transparency.length !== expected[colorType]) throw damaged();
}

/** Inflates the pixels once, into a bound that the header gives, and looks at the filter of each row. */
function checkPixels(image: Omit<Png, 'type' | 'bytes'>): void {
  const { raw } = inflatedPixels(image);
  let at = 0;
  for (const pass of passesOf(image)) {
    const stride = 1 + rowBytes(image, pass.width);
    for (let row = 0; row < pass.height; row += 1, at += stride) {
      if ((raw[at] as number) > 4) throw damaged();
    }
  }
}

/**
 * The filtered rows of an image, each with its filter byte before it.
 * @throws ImageFault where there are fewer or more than the header says, or too many
 */
export function inflatedPixels(image: Omit<Png, 'type' | 'bytes'>): { raw: Buffer } {
  const expected = passesOf(image).reduce((sum, pass) => sum + pass.height * (1 + rowBytes(image, pass.width)), 0);
  if (expected > IMAGE_LIMITS.bytes) {
    throw new ImageFault(`takes ${expected} bytes of memory; at most ${IMAGE_LIMITS.bytes} are allowed`);
  }
  const raw = inflated(image.pixels, expected);
  if (raw.length < expected) throw damaged();
  return { raw };
}

function inflated(pixels: Uint8Array, expected: number): Buffer {
  try {
    return inflateSync(pixels, { maxOutputLength: expected });
  } catch {
    throw damaged();
  }
}
