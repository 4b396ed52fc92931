import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { harfBuzz } from '../../../../lambdas/renderers/pdf/fonts/harfbuzz.ts';
import { SCRIPTS, sliceFile } from '../../../../lambdas/renderers/pdf/fonts/manifest.ts';
import { OpenFonts, openFonts } from '../../../../lambdas/renderers/pdf/fonts/open-fonts.ts';
import { withLibraries } from '../../../../lambdas/renderers/pdf/late-library.ts';
import { renderUnchecked, texts } from '../support.ts';
import { textsOfEverySlice } from './every-slice.ts';

const files = SCRIPTS.map(({ family }) => sliceFile(family, family.slices?.[0] as string));

beforeAll(() => withLibraries(() => void harfBuzz()));

describe('fonts that are open', () => {
  it('are one object for as long as they are kept', () => {
    const fonts = new OpenFonts();
    const [file] = files as [(typeof files)[0]];
    expect(fonts.open(file, 'regular')).toBe(fonts.open(file, 'regular'));
    expect(fonts.open(file, 'bold')).not.toBe(fonts.open(file, 'regular'));
  });

  it('are let go beyond the limit, those not asked for longest first', () => {
    const fonts = new OpenFonts(4_000_000);
    const [first, ...rest] = files as [(typeof files)[0], ...typeof files];
    const kept = fonts.open(first, 'regular');
    for (const file of rest) {
      fonts.open(file, 'regular');
      expect(fonts.open(first, 'regular')).toBe(kept);
      expect(fonts.size).toBeLessThanOrEqual(4_000_000);
    }
    const [second] = rest as [(typeof files)[0]];
    const before = fonts.size;
    fonts.open(second, 'regular');
    expect(fonts.size).not.toBe(before);
  });

  it('keep the memory of a process where it was, through reports of every character there is', async () => {
    const pages = textsOfEverySlice();
    const rows = (round: number) => pages.map((text, i) => [`${text} ${round} ${i}`]);
    for (let round = 0; round < 2; round += 1) await renderUnchecked({ tables: [texts(rows(round))] });
    const before = await memory();
    for (let round = 2; round < 4; round += 1) await renderUnchecked({ tables: [texts(rows(round))] });
    const after = await memory();
    expect(openFonts.size).toBeLessThanOrEqual(24_000_000);
    expect(after.heap / before.heap).toBeLessThan(1.25);
    expect(after.outside / before.outside).toBeLessThan(1.25);
  });
});

/** In bytes, once what can be collected is. Outside of the heap lie files and the memory of the shaping engine. */
async function memory(): Promise<{ heap: number; outside: number }> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let i = 0; i < 3; i += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, outside: external };
}
