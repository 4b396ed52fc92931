import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../bench/harness.ts';
import { barChart } from '../../bench/report/chart.ts';
import { claim } from '../../bench/report/claim.ts';
import { comparison } from '../../bench/report/comparison.ts';
import { reportFiles } from '../../bench/report/index.ts';
import { between } from '../../bench/report/markers.ts';
import { markdownTable } from '../../bench/report/table.ts';

const run = (name: string, rows: number, wallSeconds: number): Measurement => ({
  name,
  rows,
  columns: 10,
  wallSeconds,
  cpuSeconds: wallSeconds * 1.5,
  peakRssMiB: 100.4,
  bytes: 1_234_567,
});

const RESULTS = [
  run('slow', 1000, 9),
  run('quire', 1000, 1.5),
  run('quire', 1_000_000, 4),
  run('floor', 1_000_000, 2),
  run('fast<er>', 1_000_000, 12),
];

it('contestants come fastest first, each compared with as many rows as it could take', () => {
  const { contestants } = comparison(RESULTS, 'quire');
  expect(contestants.map(({ name, ratio }) => [name, ratio])).toEqual([
    ['floor', 0.5],
    ['quire', 1],
    ['fast<er>', 3],
    ['slow', 6],
  ]);
});

it('the table has a line each, ours bold, and marks figures of fewer rows', () => {
  expect(markdownTable(comparison(RESULTS, 'quire')).split('\n')).toEqual([
    '|           | 1 k rows: s | 1 M rows: s |  × quire |    CPU s | peak RSS MiB |  file MB |',
    '| --------- | ----------: | ----------: | -------: | -------: | -----------: | -------: |',
    '| _floor_   |           – |        2.00 |     0.50 |     3.00 |          100 |     1.23 |',
    '| **quire** |    **1.50** |    **4.00** | **1.00** | **6.00** |      **100** | **1.23** |',
    '| fast<er>  |           – |        12.0 |     3.00 |     18.0 |          100 |     1.23 |',
    '| slow      |        9.00 |           – |    6.00* |    13.5* |         100* |    1.23* |',
    '',
    'The last four columns are of the run with 1 M rows; \\* of the one with 1 k, the most that contestant was asked for.',
  ]);
});

it('the chart shows products, not floors, with bars in proportion', () => {
  const svg = barChart('Workbooks', comparison(RESULTS, 'quire'));
  expect(svg).not.toContain('floor');
  expect(svg).toContain('fast&lt;er>');
  const widths = [...svg.matchAll(/<rect class="(?:ours|peer)" x="168" .*?width="([\d.]+)"/g)].map((m) => Number(m[1]));
  expect(widths.map((width) => width / (widths[0] as number))).toEqual(
    [1, 3, 6].map((ratio) => expect.closeTo(ratio, 1)),
  );
});

it('only what is between the markers changes, however often', () => {
  const document = 'a\n<!-- x -->\nold\n<!-- /x -->\nb';
  const changed = between(document, 'x', 'new');
  expect(changed).toBe('a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb');
  expect(between(changed, 'x', 'new')).toBe(changed);
  expect(() => between('a', 'x', 'new')).toThrow('<!-- x -->');
});

describe('the sentence of the README', () => {
  it('names the fastest peer among those that were asked for as many rows', () => {
    const results = [run('quire', 10, 2), run('quire', 1000, 1.5), run('slow', 1000, 9), run('slower', 1000, 12)];
    expect(claim(comparison([...results, run('small', 10, 2.1)], 'quire'), 'rows')).toBe(
      'Quire writes 1 k rows in 1.50 s and 100 MiB of memory; the fastest peer measured, slow, takes 6.00 times as long.',
    );
  });

  it('names every peer that is faster, and leaves floors and variants of our own aside', () => {
    const peers = [run('first', 1000, 0.5), run('second', 1000, 1), run('third', 1000, 4)];
    const aside = [run('floor-1', 1000, 0.1), run('quire-fixed', 1000, 1.2)];
    expect(claim(comparison([run('quire', 1000, 2), ...peers, ...aside], 'quire'), 'rows')).toBe(
      'Quire writes 1 k rows in 2.00 s and 100 MiB of memory; first takes 0.25 times as long; second takes 0.50 times as long; the next peer, third, takes 2.00 times as long.',
    );
  });
});

it('the page, the README and the charts show the results that are committed', async () => {
  for (const [path, content] of await reportFiles()) expect(await readFile(path, 'utf8'), path).toBe(content);
});
