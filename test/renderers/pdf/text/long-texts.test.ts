import { expect, it, vi } from 'vitest';
import type { Line } from '../../../../lambdas/renderers/pdf/text/line.ts';
import { LongTexts } from '../../../../lambdas/renderers/pdf/text/long-texts.ts';
import type { Typeface } from '../../../../lambdas/renderers/pdf/text/typeface.ts';
import { Typesetter } from '../../../../lambdas/renderers/pdf/text/typesetter.ts';
import { render } from '../support.ts';

const [regular, bold] = [{}, {}] as [Typeface, Typeface];
const linesOf = (count: number) => vi.fn(() => new Array<Line>(count));
const text = (letter: string) => letter.repeat(1000);

it('a long text is wrapped once, for as long as its face and its room are the same', () => {
  const texts = new LongTexts();
  const wrap = linesOf(3);
  expect(texts.of(text('a'), regular, 10, wrap)).toBe(texts.of(text('a'), regular, 10, wrap));
  expect(wrap).toHaveBeenCalledTimes(1);
  texts.of(text('a'), bold, 10, wrap);
  texts.of(text('a'), bold, 11, wrap);
  expect(wrap).toHaveBeenCalledTimes(3);
});

it('a short text is not kept', () => {
  const texts = new LongTexts();
  const wrap = linesOf(1);
  for (let i = 0; i < 2; i += 1) texts.of('a'.repeat(999), regular, 10, wrap);
  expect(wrap).toHaveBeenCalledTimes(2);
});

it('the oldest are forgotten where there are too many lines, and never the one that was set just now', () => {
  const texts = new LongTexts();
  const wraps = ['a', 'b', 'c'].map(() => linesOf(100_000));
  for (const [i, letter] of ['a', 'b', 'c', 'c', 'b', 'a'].entries()) {
    texts.of(text(letter), regular, 10, wraps[['a', 'b', 'c'].indexOf(letter)] as () => Line[]);
    if (i === 4) expect(wraps.map((wrap) => wrap.mock.calls.length)).toEqual([1, 1, 1]);
  }
  expect(wraps.map((wrap) => wrap.mock.calls.length)).toEqual([2, 1, 1]);
  const huge = linesOf(1_000_000);
  for (let i = 0; i < 2; i += 1) texts.of(text('d'), regular, 10, huge);
  expect(huge).toHaveBeenCalledTimes(1);
});

it('a table in panels wraps a cell that goes over many pages once for each row that it is in', async () => {
  const breaking = vi.spyOn(LongTexts.prototype, 'of');
  const setting = vi.spyOn(Typesetter.prototype, 'line');
  const columns = Array.from({ length: 30 }, (_, i) => ({ key: `c${i}`, width: 30 }));
  const rows = ['a', 'b'].map((letter) => [`${letter} `.repeat(20_000)]);
  const margins = { left: 200, right: 200, top: 200, bottom: 200 };
  await render({ layout: { page: 'A5', margins }, tables: [{ columns, rows }] });
  const wrapped = breaking.mock.calls.flatMap(([cell], i) =>
    cell.length < 1000 ? [] : [{ cell, lines: ((breaking.mock.results[i]?.value ?? []) as Line[]).length }],
  );
  // The page where one ends and the other begins sets both anew for each of its panels.
  expect(wrapped.length).toBeGreaterThan(4);
  const lines = [...new Map(wrapped.map(({ cell, lines }) => [cell, lines])).values()].reduce((a, b) => a + b, 0);
  const set = setting.mock.calls.filter(([line]) => /^[ab]( [ab])*$/.test(line)).length;
  expect(set).toBeGreaterThan(1000);
  expect(set).toBeLessThanOrEqual(lines);
});
