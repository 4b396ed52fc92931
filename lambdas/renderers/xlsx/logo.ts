import type { Layout } from '../../domain/request.ts';

/** In pixels at 96 dpi, as spreadsheets count. */
const MAX_HEIGHT = 48;
const MAX_WIDTH = 240;

/** An image ready to be placed, scaled to fit its row. */
export interface Logo {
  readonly base64: string;
  readonly extension: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
}

/** `undefined` for bytes that are not the image they are said to be: a spreadsheet would show a broken frame. */
export function readLogo(image: NonNullable<Layout['logo']>): Logo | undefined {
  const bytes = Buffer.from(image.base64, 'base64');
  const size = image.contentType === 'image/png' ? pngSize(bytes) : jpegSize(bytes);
  if (size === undefined || size.width === 0 || size.height === 0) return undefined;
  const scale = Math.min(MAX_HEIGHT / size.height, MAX_WIDTH / size.width, 1);
  return {
    base64: image.base64,
    extension: image.contentType === 'image/png' ? 'png' : 'jpeg',
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = '89504e470d0a1a0a0000000d49484452';

function pngSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 24 || bytes.toString('hex', 0, 16) !== PNG_SIGNATURE) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Walks the segments of a JPEG up to its frame header (SOF0–SOF15 without DHT, JPG and DAC). */
function jpegSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] as number;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
  }
  return undefined;
}
