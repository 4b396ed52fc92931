import { crc32, deflateSync } from 'node:zlib';
import { passesOf, rowBytes } from '../../../lambdas/renderers/images/png-layout.ts';

/** What a PNG is made of. Samples are those of the file: indices where there is a palette. */
export interface PngRecipe {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colorType: number;
  readonly interlaced?: boolean;
  readonly palette?: Uint8Array;
  readonly transparency?: Uint8Array;
  /** Of one pixel, in the order of the file. */
  readonly samples: (x: number, y: number) => readonly number[];
  /** Of a row, counted over the whole file; 0 … 4. */
  readonly filter?: (row: number) => number;
}

export const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

export function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
}

export function header({ width, height, bitDepth, colorType, interlaced }: Omit<PngRecipe, 'samples'>): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bitDepth, colorType, 0, 0, interlaced === true ? 1 : 0], 8);
  return chunk('IHDR', data);
}

/** Encodes a PNG, by an encoder that has nothing in common with the decoder but the table of passes. */
export function makePng(recipe: PngRecipe): Buffer {
  const optional = [
    ...(recipe.palette === undefined ? [] : [chunk('PLTE', recipe.palette)]),
    ...(recipe.transparency === undefined ? [] : [chunk('tRNS', recipe.transparency)]),
  ];
  const data = deflateSync(Buffer.concat(rowsOf(recipe)));
  const half = data.length >> 1;
  const pixels = [chunk('IDAT', data.subarray(0, half)), chunk('IDAT', data.subarray(half))];
  return Buffer.concat([SIGNATURE, header(recipe), ...optional, ...pixels, chunk('IEND', new Uint8Array())]);
}

function rowsOf(recipe: PngRecipe): Buffer[] {
  const rows: Buffer[] = [];
  const layout = { interlaced: false, ...recipe };
  for (const pass of passesOf(layout)) {
    let above: Uint8Array = new Uint8Array(rowBytes(layout, pass.width));
    for (let y = 0; y < pass.height; y += 1) {
      const samples = Array.from({ length: pass.width }, (_, x) =>
        recipe.samples(pass.startX + x * pass.stepX, pass.startY + y * pass.stepY),
      ).flat();
      const row = packed(samples, recipe.bitDepth, above.length);
      const filter = recipe.filter?.(rows.length) ?? 0;
      const back = Math.max(1, ((samples.length / pass.width) * recipe.bitDepth) / 8);
      rows.push(Buffer.from([filter, ...filtered(row, above, filter, back)]));
      above = row;
    }
  }
  return rows;
}

function packed(samples: readonly number[], bitDepth: number, length: number): Uint8Array {
  const bits = samples.map((sample) => sample.toString(2).padStart(bitDepth, '0')).join('');
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8).padEnd(8, '0'), 2));
}

function filtered(row: Uint8Array, above: Uint8Array, filter: number, back: number): number[] {
  return [...row].map((byte, i) => {
    const a = row[i - back] ?? 0;
    const b = above[i] as number;
    const c = above[i - back] ?? 0;
    const p = a + b - c;
    const paeth = [a, b, c].reduce((best, next) => (Math.abs(p - next) < Math.abs(p - best) ? next : best));
    return (byte - ([0, a, b, Math.floor((a + b) / 2), paeth][filter] as number)) & 255;
  });
}
