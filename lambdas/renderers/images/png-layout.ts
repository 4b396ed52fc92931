import type { Png } from './image.ts';

/** Samples of one pixel, by colour type. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The pixels that one pass of an interlaced image fills in; an image that is not interlaced has a single one. */
export interface Pass {
  readonly width: number;
  readonly height: number;
  readonly startX: number;
  readonly startY: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Adam7: where each pass starts and how far its pixels lie apart. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

type Layout = Pick<Png, 'width' | 'height' | 'bitDepth' | 'colorType' | 'interlaced'>;

/** The passes in the order of the file, without the empty ones of small images. */
export function passesOf({ width, height, interlaced }: Layout): Pass[] {
  if (!interlaced) return [{ width, height, startX: 0, startY: 0, stepX: 1, stepY: 1 }];
  return ADAM7.map(([startX, startY, stepX, stepY]) => {
    return {
      width: Math.ceil((width - startX) / stepX),
      height: Math.ceil((height - startY) / stepY),
      startX,
      startY,
      stepX,
      stepY,
    };
  }).filter((pass) => pass.width > 0 && pass.height > 0);
}

/** @returns the bits of one pixel */
export function pixelBits({ colorType, bitDepth }: Layout): number {
  return (SAMPLES[colorType] as number) * bitDepth;
}

/** @returns the bytes of a row of so many pixels, without its filter */
export function rowBytes(layout: Layout, width: number): number {
  return Math.ceil((width * pixelBits(layout)) / 8);
}
