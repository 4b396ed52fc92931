import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { barChart } from '../../bench/report/chart.ts';
import { claim } from '../../bench/report/claim.ts';
import { comparison } from '../../bench/report/comparison.ts';
import { reportFiles } from '../../bench/report/index.ts';
import { between } from '../../bench/report/markers.ts';
import { provenance } from '../../bench/report/provenance.ts';
import { markdownTable } from '../../bench/report/table.ts';
import type { Measurement, Results } from '../../bench/results.ts';

const run = (name: string, rows: number, wallSeconds: number, cores: 'all' | 'one' = 'all'): Measurement => ({
  name,
  rows,
  cores,
  runs: 3,
  wallSeconds,
  cpuSeconds: wallSeconds * 1.5,
  peakRssMiB: 100.4,
  bytes: 1_234_567,
});

/** @param lacks by contestant */
function results(measurements: Measurement[], lacks: Record<string, string[]> = {}): Results {
  const names = [...new Set(measurements.map(({ name }) => name))];
  return {
    machine: { cpu: 'Xeon', cores: 2, memoryGiB: 8, system: 'Linux 6', tools: { node: '24.1.0', go: '1.26' } },
    from: '2026-11-26T01:00:00Z',
    to: '2026-11-27T02:00:00Z',
    contestants: names.map((name) => ({ name, version: `${name} 1.0`, lacks: lacks[name] ?? [] })),
    leftOut: [{ name: 'libharu', reason: 'cc is not there' }],
    measurements,
  };
}

const RESULTS = results([
  run('slow', 1000, 9),
  run('quire', 1000, 1.5),
  run('quire', 1_000_000, 4),
  run('floor-1', 1_000_000, 2),
  run('fast<er>', 1_000_000, 12),
]);

it('contestants come fastest first, each compared with as many rows as it could take', () => {
  const { contestants } = comparison(RESULTS, 'quire');
  expect(contestants.map(({ name, ratio }) => [name, ratio])).toEqual([
    ['floor-1', 0.5],
    ['quire', 1],
    ['fast<er>', 3],
    ['slow', 6],
  ]);
});

describe('the table', () => {
  it('has a line each, ours bold, and marks figures of fewer rows', () => {
    expect(markdownTable(comparison(RESULTS, 'quire')).split('\n')).toEqual([
      '|           | 1 k rows: s | 1 M rows: s |  × quire |    CPU s | peak RSS MiB |  file MB |',
      '| --------- | ----------: | ----------: | -------: | -------: | -----------: | -------: |',
      '| _floor-1_ |           – |        2.00 |     0.50 |     3.00 |          100 |     1.23 |',
      '| **quire** |    **1.50** |    **4.00** | **1.00** | **6.00** |      **100** | **1.23** |',
      '| fast<er>  |           – |        12.0 |     3.00 |     18.0 |          100 |     1.23 |',
      '| slow      |        9.00 |           – |    6.00* |    13.5* |         100* |    1.23* |',
      '',
      'All but the times by number of rows are of the run with 1 M rows; \\* of the one with 1 k, the most that contestant was asked for.',
    ]);
  });

  it('compares on one core what ran on one core, and says what each leaves out', () => {
    const measured = [run('quire', 10, 2), run('peer', 10, 3), run('quire', 10, 4, 'one'), run('peer', 10, 3, 'one')];
    const lacks = { peer: ['dates', 'number formats'] };
    expect(
      markdownTable(comparison(results(measured, lacks), 'quire'))
        .split('\n')
        .slice(2, 4),
    ).toEqual([
      '| **quire** |   **2.00** | **1.00** |    **4.00** | **1.00** | **3.00** |      **100** | **1.23** |                       |',
      '| peer      |       3.00 |     1.50 |        3.00 |     0.75 |     4.50 |          100 |     1.23 | dates, number formats |',
    ]);
  });
});

it('beside the figures stand the machine, the versions, the dates and who was left out', () => {
  expect(provenance(RESULTS)).toBe(
    'Measured from 2026-11-26 to 2026-11-27 on Xeon, 2 cores, 8 GiB, Linux 6; node 24.1.0, go 1.26. Versions: slow 1.0, quire 1.0, floor-1 1.0, fast<er> 1.0. Not measured: libharu (cc is not there).',
  );
});

it('the chart shows products, not floors, with bars in proportion', () => {
  const svg = barChart('Workbooks', comparison(RESULTS, 'quire'));
  expect(svg).not.toContain('floor-1');
  expect(svg).toContain('fast&lt;er>');
  const widths = [...svg.matchAll(/<rect class="(?:ours|peer)" x="210" .*?width="([\d.]+)"/g)].map((m) => Number(m[1]));
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
    const measured = [run('quire', 10, 2), run('quire', 1000, 1.5), run('slow', 1000, 9), run('slower', 1000, 12)];
    expect(claim(comparison(results([...measured, run('small', 10, 2.1)]), 'quire'), 'rows')).toBe(
      'Quire writes 1 k rows in 1.50 s and 100 MiB of memory; the fastest peer measured, slow, takes 6.00 times as long.',
    );
  });

  it('names every peer that is faster, and leaves floors and variants of our own aside', () => {
    const peers = [run('first', 1000, 0.5), run('second', 1000, 1), run('third', 1000, 4)];
    const aside = [run('floor-1', 1000, 0.1), run('quire-fixed', 1000, 1.2)];
    expect(claim(comparison(results([run('quire', 1000, 2), ...peers, ...aside]), 'quire'), 'rows')).toBe(
      'Quire writes 1 k rows in 2.00 s and 100 MiB of memory; first takes 0.25 times as long; second takes 0.50 times as long; the next peer measured, third, takes 2.00 times as long.',
    );
  });

  it('holds a peer that leaves something out apart, and says what', () => {
    const measured = [run('quire', 1000, 2), run('bare', 1000, 1), run('whole', 1000, 6), run('poor', 1000, 9)];
    const lacks = { bare: ['dates', 'number formats'], poor: ['dates'] };
    expect(claim(comparison(results(measured, lacks), 'quire'), 'rows', 'peer that writes dates')).toBe(
      'Quire writes 1 k rows in 2.00 s and 100 MiB of memory; the fastest peer that writes dates, whole, takes 3.00 times as long; bare takes 0.50 times as long, without dates and number formats.',
    );
  });
});

it('the page, the README and the charts show the results that are committed', async () => {
  for (const [path, content] of await reportFiles()) expect(await readFile(path, 'utf8'), path).toBe(content);
});
