import type { Png } from './image.ts';
import { inflatedPixels } from './png.ts';
import { type Pass, passesOf, pixelBits, rowBytes } from './png-layout.ts';

/** Eight bits a sample, row after row without filters. */
export interface Pixels {
  /** 1 grey, 3 RGB. */
  readonly channels: 1 | 3;
  readonly color: Uint8Array;
  /** One byte a pixel, 255 opaque; `undefined` where all of it is. */
  readonly alpha: Uint8Array | undefined;
}

/**
 * The pixels of an image, for formats that take no interlaced ones and keep transparency apart. Of 16 bits a sample the
 * upper eight are kept.
 */
export function decodePng(png: Png): Pixels {
  const grey = png.colorType === 0 || png.colorType === 4;
  const channels = grey ? 1 : 3;
  const color = new Uint8Array(png.width * png.height * channels);
  const alpha = new Uint8Array(png.width * png.height).fill(255);
  const put = pixelWriter(png, color, alpha);
  const { raw } = inflatedPixels(png);
  let at = 0;
  for (const pass of passesOf(png)) {
    const length = rowBytes(png, pass.width);
    unfilter(raw.subarray(at, at + pass.height * (length + 1)), length, Math.ceil(pixelBits(png) / 8));
    for (let row = 0; row < pass.height; row += 1) {
      writeRow(png, pass, raw.subarray(at + row * (length + 1) + 1), row, put);
    }
    at += pass.height * (length + 1);
  }
  return { channels, color, alpha: alpha.every((value) => value === 255) ? undefined : alpha };
}

/** Writes the pixel whose samples start at `sample` of a row: see {@link sampleOf}. */
type PixelWriter = (row: Uint8Array, sample: number, pixel: number) => void;

function writeRow(png: Png, pass: Pass, row: Uint8Array, index: number, put: PixelWriter): void {
  const samples = pixelBits(png) / png.bitDepth;
  const start = (pass.startY + index * pass.stepY) * png.width + pass.startX;
  for (let x = 0; x < pass.width; x += 1) put(row, x * samples, start + x * pass.stepX);
}

function pixelWriter(png: Png, color: Uint8Array, alpha: Uint8Array): PixelWriter {
  const { bitDepth, colorType, palette, transparency } = png;
  if (colorType === 3) {
    return (row, sample, pixel) => {
      const index = sampleOf(row, sample, bitDepth);
      color.set(palette.subarray(index * 3, index * 3 + 3), pixel * 3);
      alpha[pixel] = transparency[index] ?? 255;
    };
  }
  const channels = colorType === 0 || colorType === 4 ? 1 : 3;
  const hasAlpha = colorType >= 4;
  const clear =
    transparency.length === 0 ? undefined : [...new Uint16Array(channels)].map((_, c) => keyOf(transparency, c));
  const most = 2 ** bitDepth - 1;
  const scaled = (value: number) => (bitDepth === 16 ? value >> 8 : (value * 255) / most);
  return (row, sample, pixel) => {
    let matches = clear !== undefined;
    for (let c = 0; c < channels; c += 1) {
      const value = sampleOf(row, sample + c, bitDepth);
      color[pixel * channels + c] = scaled(value);
      matches &&= value === clear?.[c];
    }
    if (hasAlpha) alpha[pixel] = scaled(sampleOf(row, sample + channels, bitDepth));
    else if (matches) alpha[pixel] = 0;
  };
}

/** The sample of the transparent colour, two bytes each. */
function keyOf(transparency: Uint8Array, channel: number): number {
  return ((transparency[channel * 2] as number) << 8) | (transparency[channel * 2 + 1] as number);
}

function sampleOf(row: Uint8Array, sample: number, bitDepth: number): number {
  if (bitDepth === 8) return row[sample] as number;
  if (bitDepth === 16) return ((row[sample * 2] as number) << 8) | (row[sample * 2 + 1] as number);
  const bit = sample * bitDepth;
  return ((row[bit >> 3] as number) >> (8 - bitDepth - (bit & 7))) & (2 ** bitDepth - 1);
}

/**
 * Undoes the filters of rows in place (ISO/IEC 15948, 9).
 * @param length bytes of a row without its filter
 * @param before how many bytes the pixel to the left lies back
 */
function unfilter(rows: Uint8Array, length: number, before: number): void {
  for (let start = 1; start < rows.length; start += length + 1) {
    const filter = rows[start - 1] as number;
    if (filter === 0) continue;
    for (let i = 0; i < length; i += 1) {
      const at = start + i;
      const left = i >= before ? (rows[at - before] as number) : 0;
      const up = start > 1 ? (rows[at - length - 1] as number) : 0;
      const corner = i >= before && start > 1 ? (rows[at - length - 1 - before] as number) : 0;
      rows[at] = ((rows[at] as number) + predicted(filter, left, up, corner)) & 255;
    }
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
