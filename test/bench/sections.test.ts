import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quantile } from '../../bench/quantiles.ts';
import { serviceSection } from '../../bench/report/service.ts';
import { startupSection } from '../../bench/report/startup.ts';
import { warmSection } from '../../bench/report/warm.ts';
import type { ServiceResults } from '../../bench/service/index.ts';
import { handlerOf, MEASURED } from '../../bench/startup/candidates.ts';
import type { StartUp } from '../../bench/startup/index.ts';

it('start-up has a line for each form, and no size for what is not bundled', () => {
  const results: StartUp[] = [
    { name: 'enqueue, ES modules', milliseconds: 61.26, cpuMilliseconds: 70, bytes: 538_263, node: 'v24.1.0' },
    { name: 'SDK clients, not bundled', milliseconds: 140.4, cpuMilliseconds: 130, node: 'v24.1.0' },
  ];
  const { markdown } = startupSection(results);
  expect(markdown).toContain('| enqueue, ES modules      |      61.3 |   70.0 | 538 |');
  expect(markdown).toContain('| SDK clients, not bundled |       140 |    130 |   – |');
  expect(markdown).toContain('Node 24.1.0');
});

it('the service is compared with the emulator’s empty function', () => {
  const results: ServiceResults = {
    latency: [{ format: 'xlsx', reports: 100, p50: 80, p95: 120.4 }],
    throughput: [
      { name: 'POST /generate', connections: 10, requestsPerSecond: 90, p50: 100, p95: 200 },
      { name: 'an empty function', connections: 10, requestsPerSecond: 180, p50: 50, p95: 99 },
    ],
    node: 'v24.1.0',
  };
  const { markdown } = serviceSection(results);
  expect(markdown).toMatch(/50 rows as XLSX +\| +80\.0 \| +120 \|/);
  expect(markdown).toContain('holds 50 % of what the emulator gives');
});

it('small files have a line for each way, the median of each size, and the first run of a warm process', () => {
  const times = (name: string, rows: number, way: 'warm' | 'process', p50: number) => ({
    ...{ format: 'xlsx', name, rows, way, runs: 200, p50, p95: p50 * 2, first: 90, at: '2026-11-27T02:00:00Z' },
  });
  const { markdown } = warmSection({
    machine: { cpu: 'Xeon', cores: 2, system: 'Linux 6', tools: { node: '24.1.0' } },
    from: '2026-11-27T01:00:00Z',
    to: '2026-11-27T02:00:00Z',
    contestants: [{ name: 'krilla', version: 'krilla 0.8.2 (Rust)', lacks: [] }],
    leftOut: [],
    times: [
      times('krilla', 10, 'process', 12.5),
      times('quire', 10, 'warm', 4),
      times('quire', 1000, 'warm', 40),
      times('krilla', 1000, 'process', 20),
    ],
  });
  expect(markdown.split('\n').slice(0, 6)).toEqual([
    '### XLSX',
    '',
    '|                        |     10 rows: ms |    1 k rows: ms |',
    '| ---------------------- | --------------: | --------------: |',
    '| krilla, a process each |            12.5 |            20.0 |',
    '| **quire, warm**        | **4.00 (90.0)** | **40.0 (90.0)** |',
  ]);
  expect(markdown).toContain('Medians of 200 runs.');
});

it('a quantile is one of the values, whatever their order', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
  expect([0, 0.5, 0.95, 1].map((part) => quantile(values, part))).toEqual([0, 50, 95, 99]);
});

it('every function whose start-up is measured has a handler where it is looked for', () => {
  expect(MEASURED.map(handlerOf).filter((handler) => !existsSync(handler))).toEqual([]);
});
