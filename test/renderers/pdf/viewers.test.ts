import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { hasTool } from '../../support/tools.ts';
import { POPPLER, render, saved, texts } from './support.ts';

const MUPDF = hasTool('mutool');
const RESOLUTION = '72';
/** Pixels of a square whose greys are averaged: viewers smooth differently, but put the same ink in the same place. */
const SQUARE = 8;

interface Raster {
  readonly width: number;
  readonly pixels: Uint8Array;
}

it.skipIf(!POPPLER || !MUPDF)(
  'poppler and MuPDF put the same ink in the same place, for every kind of script',
  async () => {
    const pdf = await render({
      title: 'Ελληνικά · Русский · العربية · हिन्दी · 中文',
      tables: [
        texts([
          ['Größe, façade', 'مرحبا بالعالم', 'שָׁלוֹם עולם', 'नमस्ते दुनिया'],
          ['สวัสดีชาวโลก', 'বাংলা ভাষা', 'தமிழ் மொழி', 'ភាសាខ្មែរ'],
          ['你好，世界', 'こんにちは', '안녕하세요', '😀 ✓ \u{f0000}'],
        ]),
      ],
    });
    const file = saved(pdf.bytes);
    const poppler = squares(drawnByPoppler(file));
    const mupdf = squares(drawnByMuPdf(file));
    expect(mupdf).toHaveLength(poppler.length);
    const differences = poppler.map((grey, i) => Math.abs(grey - (mupdf[i] as number)));
    expect(Math.min(...poppler)).toBeLessThan(150);
    expect(Math.max(...differences)).toBeLessThan(48);
  },
);

function drawnByPoppler(file: string): Raster {
  const name = join(dirname(file), 'poppler');
  execFileSync('pdftoppm', ['-gray', '-r', RESOLUTION, '-singlefile', file, name]);
  return readPgm(`${name}.pgm`);
}

function drawnByMuPdf(file: string): Raster {
  const name = join(dirname(file), 'mupdf.pgm');
  execFileSync('mutool', ['draw', '-q', '-r', RESOLUTION, '-o', name, file, '1'], { stdio: 'pipe' });
  return readPgm(name);
}

/** `P5 width height 255`, and a byte for each pixel. */
function readPgm(path: string): Raster {
  const bytes = readFileSync(path);
  const head = /^P5\s+(?:#[^\n]*\n)*(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 200));
  if (head === null) throw new Error(`${path} is no PGM`);
  return { width: Number(head[1]), pixels: bytes.subarray(head[0].length) };
}

function squares({ width, pixels }: Raster): number[] {
  const across = Math.floor(width / SQUARE);
  const down = Math.floor(pixels.length / width / SQUARE);
  return Array.from({ length: across * down }, (_, i) => {
    const [x, y] = [(i % across) * SQUARE, Math.floor(i / across) * SQUARE];
    let sum = 0;
    for (let dy = 0; dy < SQUARE; dy += 1) {
      for (let dx = 0; dx < SQUARE; dx += 1) sum += pixels[(y + dy) * width + x + dx] as number;
    }
    return sum / SQUARE ** 2;
  });
}
