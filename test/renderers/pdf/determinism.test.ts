import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { textsOfEverySlice } from './fonts/every-slice.ts';
import { render, type TestReport, texts } from './support.ts';

const ACCENTED: TestReport = {
  title: 'Ångström, Dvořák, Łódź',
  tables: [texts([['Ünïcödé, façade', 'मोंटेनेग्रो', 'العَرَبِيَّة', '日本語 한국어', 'ไทย', '😀 ✓ ∑ ≤ 👩‍👩‍👧 བོད']])],
};

it('gives the same bytes for the same report, in whatever order a process makes them', async () => {
  const first = await render(ACCENTED);
  await render({ ...ACCENTED, tables: [texts([['âêîôû', 'सर्बिया', 'سانت', '國', 'กรุงเทพ', '€']])] });
  const again = await render(ACCENTED);
  expect(sha256(again.bytes)).toBe(sha256(first.bytes));
});

it('gives the same bytes in a fresh process as in one that has opened and closed every font', async () => {
  const every = textsOfEverySlice().map((text) => [text]);
  await render({ tables: [texts(every)] });
  const warm = await render(ACCENTED);
  vi.resetModules();
  const fresh = await import('./support.ts');
  const cold = await fresh.render(ACCENTED);
  expect(sha256(cold.bytes)).toBe(sha256(warm.bytes));
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
