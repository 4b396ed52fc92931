import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quantile } from '../../bench/quantiles.ts';
import { serviceSection } from '../../bench/report/service.ts';
import { startupSection } from '../../bench/report/startup.ts';
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

it('a quantile is one of the values, whatever their order', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
  expect([0, 0.5, 0.95, 1].map((part) => quantile(values, part))).toEqual([0, 50, 95, 99]);
});

it('every function whose start-up is measured has a handler where it is looked for', () => {
  expect(MEASURED.map(handlerOf).filter((handler) => !existsSync(handler))).toEqual([]);
});
