import { execFileSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { imageMatrix } from '../../../lambdas/renderers/pdf/layout/turned.ts';
import * as pdf from '../pdf/support.ts';
import * as xlsx from '../xlsx/support.ts';
import { JPEGS } from './jpegs.ts';
import { chunk, header, makePng, SIGNATURE } from './make-png.ts';

const PNG = 'image/png';
const JPEG = 'image/jpeg';
const TABLES = [{ columns: [{ key: 'c' }], rows: [['x']] }];
const report = (contentType: string, file: Buffer, layout = {}) => ({
  tables: TABLES,
  layout: { logo: { contentType, base64: file.toString('base64') }, ...layout },
});

const RED = [200, 0, 0] as const;
const GREEN = [0, 160, 0] as const;
const BLUE = [0, 0, 200] as const;
const CORNERS = [RED, GREEN, BLUE, [230, 230, 0] as const] as const;
const quarter = (x: number, y: number) => CORNERS[(x < 12 ? 0 : 1) + (y < 8 ? 0 : 2)] as readonly number[];
const SHAPE = { width: 24, height: 16, bitDepth: 8 };
const PALETTE = Uint8Array.from(CORNERS.flat());
const index = (x: number, y: number) => [(x < 12 ? 0 : 1) + (y < 8 ? 0 : 2)];
const wide = (x: number, y: number) => quarter(x, y).map((value) => value * 257);

/** The same picture in every form: red and green above, blue and yellow below. */
const PICTURES: readonly (readonly [string, string, Buffer])[] = [
  ['RGB', PNG, makePng({ ...SHAPE, colorType: 2, samples: quarter })],
  ['RGB of 16 bits', PNG, makePng({ ...SHAPE, bitDepth: 16, colorType: 2, samples: wide })],
  ['RGB, interlaced', PNG, makePng({ ...SHAPE, colorType: 2, interlaced: true, samples: quarter })],
  ['RGB and alpha', PNG, makePng({ ...SHAPE, colorType: 6, samples: (x, y) => [...quarter(x, y), 255] })],
  [
    'RGB with a clear colour',
    PNG,
    makePng({ ...SHAPE, colorType: 2, transparency: Buffer.from('000100020003', 'hex'), samples: quarter }),
  ],
  ['a palette of 2 bits', PNG, makePng({ ...SHAPE, bitDepth: 2, colorType: 3, palette: PALETTE, samples: index })],
  [
    'a palette with alpha',
    PNG,
    makePng({ ...SHAPE, colorType: 3, palette: PALETTE, transparency: Buffer.of(255, 254), samples: index }),
  ],
];

/** The pixels of a page that are neither black, white nor grey: the logo. */
function coloured(file: pdf.Pdf): { at: (x: number, y: number) => number[]; width: number; height: number } {
  const ppm = execFileSync('pdftoppm', ['-r', '72', '-f', '1', '-l', '1', pdf.saved(file.bytes)], {
    maxBuffer: 1 << 28,
  });
  const [, width = '', height = ''] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40)) ?? [];
  const [columns, rows] = [Number(width), Number(height)];
  const pixels = ppm.subarray(ppm.length - columns * rows * 3);
  const at = (x: number, y: number) => [...pixels.subarray((y * columns + x) * 3, (y * columns + x) * 3 + 3)];
  let [left, top, right, bottom] = [columns, rows, 0, 0];
  for (let y = 0; y < rows / 4; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const [r = 0, g = 0, b = 0] = at(x, y);
      if (Math.max(r, g, b) - Math.min(r, g, b) < 120) continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  }
  const [w, h] = [right - left, bottom - top];
  return { at: (x, y) => at(Math.round(left + w * x), Math.round(top + h * y)), width: w, height: h };
}

const near = (found: readonly number[], wanted: readonly number[]) =>
  found.every((value, i) => Math.abs(value - (wanted[i] as number)) < 40);

describe.skipIf(!pdf.POPPLER)('in a PDF', () => {
  it.each(PICTURES)('%s shows each colour in its corner', async (_, contentType, file) => {
    const rendered = await pdf.render(report(contentType, file));
    expect(rendered.warnings).toEqual([]);
    const { at } = coloured(rendered);
    const corners = [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
    for (const [i, corner] of corners.entries())
      expect(near(corner, CORNERS[i] as never), `${i}: ${corner}`).toBe(true);
  });

  it('transparent pixels let the page through', async () => {
    const samples = (x: number, y: number) => [...quarter(x, y), y < 8 ? 255 : 0];
    const rendered = await pdf.render(report(PNG, makePng({ ...SHAPE, colorType: 6, samples })));
    expect(coloured(rendered).height * 2).toBeLessThan(coloured(rendered).width);
  });

  it.each(['baseline', 'progressive', 'restarts'] as const)(
    'a %s JPEG shows each colour in its corner',
    async (name) => {
      const { at } = coloured(await pdf.render(report(JPEG, Buffer.from(JPEGS[name], 'base64'))));
      expect([near(at(0.2, 0.2), RED), near(at(0.8, 0.2), GREEN), near(at(0.2, 0.8), BLUE)]).toEqual([
        true,
        true,
        true,
      ]);
    },
  );

  it('a JPEG is turned as its EXIF data ask', async () => {
    const { at, width, height } = coloured(await pdf.render(report(JPEG, Buffer.from(JPEGS.turned, 'base64'))));
    expect(height).toBeGreaterThan(width);
    expect([near(at(0.8, 0.2), RED), near(at(0.8, 0.8), GREEN), near(at(0.2, 0.2), BLUE)]).toEqual([true, true, true]);
  });

  it('a JPEG in CMYK is shown, but not in a PDF/A, of which the client is told', async () => {
    const file = Buffer.from(JPEGS.cmyk, 'base64');
    expect((await pdf.render(report(JPEG, file))).warnings).toEqual([]);
    expect(pdf.warned(await pdf.render(report(JPEG, file, { pdfA: true })))).toEqual({ LOGO_IGNORED: 1 });
  });
});

/** Where the corners of the stored image come to stand: `x,y` in a box of one by one. */
function cornersBy(orientation: number): string[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = imageMatrix(orientation, { x: 0, y: 0, width: 1, height: 1 })
    .split(' ')
    .map(Number);
  return (
    [
      [0, 1],
      [1, 1],
      [0, 0],
    ] as const
  ).map(([u, v]) => `${a * u + c * v + e},${b * u + d * v + f}`);
}

it.each([
  [1, '0,1', '1,1', '0,0'],
  [2, '1,1', '0,1', '1,0'],
  [3, '1,0', '0,0', '1,1'],
  [4, '0,0', '1,0', '0,1'],
  [5, '0,1', '0,0', '1,1'],
  [6, '1,1', '1,0', '0,1'],
  [7, '1,0', '1,1', '0,0'],
  [8, '0,0', '0,1', '1,0'],
])(
  'orientation %i brings the first pixel to %s, the end of its row to %s, of its column to %s',
  (orientation, ...corners) => {
    expect(cornersBy(orientation)).toEqual(corners);
  },
);

describe('in a workbook', () => {
  it('the picture is embedded as it is, without what does not show', async () => {
    const [, , file] = PICTURES[0] as (typeof PICTURES)[number];
    const hidden = Buffer.concat([
      file.subarray(0, 33),
      chunk('tEXt', Buffer.from('Author\0somebody')),
      file.subarray(33),
    ]);
    const { bytes, warnings } = await xlsx.render(report(PNG, hidden));
    expect(warnings).toEqual([]);
    expect(Buffer.from(xlsx.parts(bytes).get('xl/media/image1.png') ?? '').length).toBeGreaterThan(0);
    expect(bytes.includes('somebody')).toBe(false);
  });

  it('a JPEG that its EXIF data turn is shown as it is stored, and the client is told', async () => {
    const workbook = await xlsx.render(report(JPEG, Buffer.from(JPEGS.turned, 'base64')));
    expect(xlsx.warned(workbook)).toEqual({ LOGO_NOT_TURNED: 1 });
  });
});

describe('both engines', () => {
  const [, , sound] = PICTURES[0] as (typeof PICTURES)[number];
  const shape = { width: 200, height: 80, bitDepth: 8, colorType: 2 };
  const end = chunk('IEND', new Uint8Array());
  const withPixels = (pixels: Buffer) => Buffer.concat([SIGNATURE, header(shape), chunk('IDAT', pixels), end]);
  const huge = (side: number) =>
    Buffer.concat([SIGNATURE, header({ width: side, height: side, bitDepth: 1, colorType: 0 })]);

  it.each([
    ['a PNG that is cut off', PNG, sound.subarray(0, -30), 'is a truncated PNG file'],
    ['a header alone', PNG, sound.subarray(0, 33), 'is a truncated PNG file'],
    ['a damaged byte', PNG, Buffer.from(sound.toString('hex').replace('49444154', '49444155'), 'hex'), 'damaged'],
    ['pixels that end early', PNG, withPixels(deflateSync(Buffer.alloc(3))), 'is a damaged PNG file'],
    ['a bomb', PNG, Buffer.concat([huge(30_000), end]), 'has 30000 × 30000 pixels'],
    [
      'a JPEG that is cut off',
      JPEG,
      Buffer.from(JPEGS.baseline, 'base64').subarray(0, -40),
      'is a truncated JPEG file',
    ],
    ['a PNG that is said to be a JPEG', JPEG, sound, 'is not a JPEG file'],
    ['a JPEG that is said to be a PNG', PNG, Buffer.from(JPEGS.baseline, 'base64'), 'is not a PNG file'],
    ['text', PNG, Buffer.from('<svg/>'), 'is not a PNG file'],
  ])('leave out %s, and say why', async (_, contentType, file, reason) => {
    for (const { warnings } of [
      await pdf.render(report(contentType, file)),
      await xlsx.render(report(contentType, file)),
    ]) {
      expect(warnings).toEqual([{ code: 'LOGO_IGNORED', detail: expect.stringContaining(reason), count: 1 }]);
    }
  });

  it('make the same bytes of the same small logo, whatever lies beside it in memory', async () => {
    const same = report(JPEG, Buffer.from(JPEGS.grey, 'base64'));
    for (const render of [pdf.render, xlsx.render]) {
      const first = await render(same);
      Buffer.from('f'.repeat(3000)).fill(0xff);
      expect((await render(same)).bytes.equals(first.bytes)).toBe(true);
    }
  });
});
