import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageFault, type Png } from '../../../lambdas/renderers/images/image.ts';
import { readPng } from '../../../lambdas/renderers/images/png.ts';
import { decodePng } from '../../../lambdas/renderers/images/png-pixels.ts';
import { chunk, header, makePng, type PngRecipe, SIGNATURE } from './make-png.ts';

const DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const KINDS = Object.entries(DEPTHS).flatMap(([type, depths]) => depths.map((depth) => [Number(type), depth] as const));

/** Any PNG of up to 20 × 20 pixels, and the colour and alpha of each of its pixels. */
const anyPng = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    width: fc.integer({ min: 1, max: 20 }),
    height: fc.integer({ min: 1, max: 20 }),
    interlaced: fc.boolean(),
    transparent: fc.boolean(),
    seed: fc.array(fc.nat({ max: 65_535 }), { minLength: 97, maxLength: 97 }),
    filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ kind: [colorType, bitDepth], seed, filters, transparent, ...size }): PngRecipe => {
    const count = SAMPLES[colorType] as number;
    const samples = (x: number, y: number) =>
      Array.from({ length: count }, (_, c) => (seed[(x * 31 + y * 17 + c) % 97] as number) % 2 ** bitDepth);
    const filter = (row: number) => filters[row % 7] as number;
    const palette = Uint8Array.from({ length: 3 * 2 ** bitDepth }, (_, i) => (seed[i % 97] as number) & 255);
    const key = Buffer.from(samples(0, 0).flatMap((sample) => [sample >> 8, sample & 255]));
    const alphas = Uint8Array.from({ length: 2 ** bitDepth }, (_, i) => (seed[(i * 3) % 97] as number) & 255);
    return {
      ...size,
      colorType,
      bitDepth,
      samples,
      filter,
      ...(colorType === 3 && { palette }),
      ...(transparent && colorType < 4 && { transparency: colorType === 3 ? alphas : key }),
    };
  });

/** The pixel as anyone would paint it. */
function pixelOf(recipe: PngRecipe, x: number, y: number): { color: number[]; alpha: number } {
  const samples = [...recipe.samples(x, y)];
  const { colorType, bitDepth, palette, transparency } = recipe;
  if (colorType === 3) {
    const index = samples[0] as number;
    return {
      color: [...(palette as Uint8Array).subarray(index * 3, index * 3 + 3)],
      alpha: transparency?.[index] ?? 255,
    };
  }
  const key =
    transparency &&
    Array.from(
      { length: transparency.length / 2 },
      (_, i) => ((transparency[i * 2] as number) << 8) + (transparency[i * 2 + 1] as number),
    );
  const eight = samples.map((sample) =>
    bitDepth === 16 ? sample >> 8 : Math.floor((sample * 255) / (2 ** bitDepth - 1)),
  );
  if (colorType >= 4) return { color: eight.slice(0, -1), alpha: eight.at(-1) as number };
  return { color: eight, alpha: key?.every((value, i) => value === samples[i]) ? 0 : 255 };
}

it('every colour type, depth, filter and pass comes out as it was put in', () => {
  fc.assert(
    fc.property(anyPng, (recipe) => {
      const { color, alpha, channels } = decodePng(readPng(makePng(recipe)));
      for (let y = 0; y < recipe.height; y += 1) {
        for (let x = 0; x < recipe.width; x += 1) {
          const pixel = y * recipe.width + x;
          const wanted = pixelOf(recipe, x, y);
          expect([...color.subarray(pixel * channels, (pixel + 1) * channels)]).toEqual(wanted.color);
          expect(alpha?.[pixel] ?? 255).toBe(wanted.alpha);
        }
      }
    }),
    { numRuns: 300 },
  );
});

const SMALL = makePng({
  width: 5,
  height: 4,
  bitDepth: 8,
  colorType: 2,
  samples: (x, y) => [x * 50, y * 60, 7],
});

const fault = (file: Buffer): string => {
  try {
    readPng(file);
    return 'none';
  } catch (error) {
    if (!(error instanceof ImageFault)) throw error;
    return error.message;
  }
};

describe('a file that is not sound', () => {
  it('is refused wherever it is cut off', () => {
    for (let length = 0; length < SMALL.length; length += 1) {
      expect(fault(SMALL.subarray(0, length)), `${length} bytes`).toMatch(/is not a PNG file|truncated/);
    }
  });

  it('is refused whichever of its bytes is another', () => {
    for (let at = 0; at < SMALL.length; at += 1) {
      const changed = Buffer.from(SMALL);
      changed[at] = (changed[at] as number) ^ 0x41;
      expect(fault(changed), `byte ${at}`).not.toBe('none');
    }
  });

  const shape = { width: 200, height: 80, bitDepth: 8, colorType: 2 };
  const withPixels = (pixels: Uint8Array, ...more: Buffer[]) =>
    Buffer.concat([SIGNATURE, header(shape), ...more, chunk('IDAT', pixels), chunk('IEND', new Uint8Array())]);

  it.each([
    ['pixels that end early', withPixels(deflateSync(new Uint8Array(3)))],
    ['pixels that do not end', withPixels(deflateSync(new Uint8Array(10_000_000)))],
    ['pixels that are no zlib stream', withPixels(Buffer.from('nothing of the kind'))],
    ['a filter that does not exist', withPixels(deflateSync(new Uint8Array(80 * 601).fill(5)))],
    [
      'a critical chunk of another format',
      withPixels(deflateSync(new Uint8Array(80 * 601)), chunk('CgBI', Buffer.alloc(4))),
    ],
    [
      'a transparency that fits no colour',
      withPixels(deflateSync(new Uint8Array(80 * 601)), chunk('tRNS', Buffer.alloc(5))),
    ],
    ['no header', Buffer.concat([SIGNATURE, chunk('IEND', new Uint8Array())])],
    ['no pixels', Buffer.concat([SIGNATURE, header(shape), chunk('IEND', new Uint8Array())])],
    [
      'a palette that is missing',
      Buffer.concat([
        SIGNATURE,
        header({ ...shape, colorType: 3 }),
        chunk('IDAT', deflateSync(new Uint8Array(80 * 201))),
        chunk('IEND', new Uint8Array()),
      ]),
    ],
    [
      'a depth that its colours do not have',
      Buffer.concat([SIGNATURE, header({ ...shape, bitDepth: 4 }), chunk('IEND', new Uint8Array())]),
    ],
  ])('is refused for %s', (_, file) => expect(fault(file)).toBe('is a damaged PNG file'));
});

describe('an image that is too large', () => {
  const bomb = (width: number, height: number, bitDepth = 1, colorType = 0) =>
    Buffer.concat([
      SIGNATURE,
      header({ width, height, bitDepth, colorType }),
      chunk('IDAT', deflateSync(new Uint8Array(9))),
      chunk('IEND', new Uint8Array()),
    ]);

  it.each([
    [30_000, 30_000],
    [8_001, 1],
    [1, 8_001],
    [2_001, 2_000],
    [0xffff_ffff, 0xffff_ffff],
  ])('of %i × %i pixels is refused by its header', (width, height) => {
    expect(fault(bomb(width, height))).toBe(
      `has ${width} × ${height} pixels; at most 8000 per side and 4000000 in total are accepted`,
    );
  });

  it('of more bytes than memory is given to is refused by its header', () => {
    expect(fault(bomb(2_000, 2_000, 16, 6))).toContain('takes 32002000 bytes of memory');
  });

  it.each([
    [0, 5],
    [5, 0],
  ])('of %i × %i pixels has none', (width, height) => {
    expect(fault(bomb(width, height))).toBe('has no pixels');
  });
});

it('of an animation the first frame is left, and of texts nothing', () => {
  const more = ['acTL', 'fcTL', 'fdAT', 'tEXt', 'tIME', 'eXIf'].map((type) => chunk(type, Buffer.alloc(26)));
  const file = Buffer.concat([SMALL.subarray(0, 33), ...more, chunk('gAMA', Buffer.alloc(4)), SMALL.subarray(33)]);
  const { bytes } = readPng(file) as Png;
  expect(Buffer.from(bytes)).toEqual(
    Buffer.concat([SMALL.subarray(0, 33), chunk('gAMA', Buffer.alloc(4)), SMALL.subarray(33)]),
  );
});
