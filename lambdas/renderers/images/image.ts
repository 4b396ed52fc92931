/**
 * Bounds of an image, known before anything of it is decoded. Bytes are those of its pixels as the file stores them,
 * uncompressed: the most memory that an image can take.
 */
export const IMAGE_LIMITS = {
  side: 8_000,
  pixels: 4_000_000,
  bytes: 16 * 1024 * 1024,
} as const;

/** Why an image cannot be shown, as a clause that goes on after "the logo". */
export class ImageFault extends Error {}

/** A PNG whose every byte was looked at: its checksums hold and its pixels are all there. */
export interface Png {
  readonly type: 'png';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Of one sample: 1, 2, 4, 8, 16. */
  readonly bitDepth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly colorType: number;
  readonly interlaced: boolean;
  /** RGB triples; empty without a palette. */
  readonly palette: Uint8Array;
  /** The `tRNS` chunk as it stands; empty without one. */
  readonly transparency: Uint8Array;
  /** The zlib stream of the pixels. */
  readonly pixels: Uint8Array;
  /** The file without what does not show: texts, dates, further frames of an animation. */
  readonly bytes: Uint8Array;
}

/** A JPEG that every viewer takes: baseline or progressive, complete up to its end marker. */
export interface Jpeg {
  readonly type: 'jpeg';
  /** In pixels, as they are stored. */
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly components: number;
  /** By EXIF, 1 … 8: how the stored pixels are to be turned. */
  readonly orientation: number;
  /** The file without what does not show: EXIF with its thumbnail and position, comments. */
  readonly bytes: Uint8Array;
}

export type Image = Png | Jpeg;

/** @throws ImageFault when an image has no pixels or too many */
export function checkSize(width: number, height: number): void {
  if (width === 0 || height === 0) throw new ImageFault('has no pixels');
  const { side, pixels } = IMAGE_LIMITS;
  if (width > side || height > side || width * height > pixels) {
    throw new ImageFault(
      `has ${width} × ${height} pixels; at most ${side} per side and ${pixels} in total are accepted`,
    );
  }
}
