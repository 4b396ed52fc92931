import { describe, expect, it } from 'vitest';
import { readPrices } from '../../bench/prices/prices.ts';
import { measuredReports, workerTime } from '../../bench/report/lambda-time.ts';
import { dollars, sizingTables } from '../../bench/report/sizing.ts';
import type { Measurement, Results } from '../../bench/results.ts';

const run = (changes: Partial<Measurement> = {}): Measurement => ({
  name: 'quire',
  rows: 1_000_000,
  cores: 'all',
  runs: 3,
  wallSeconds: 3,
  cpuSeconds: 5,
  peakRssMiB: 110,
  bytes: 65_900_000,
  ...changes,
});

const prices = readPrices();
const GB_SECOND = 0.0000133334;

describe('the time of a worker', () => {
  it('is the CPU time at one vCPU, twice that at half of one, and the wall time where there are two', () => {
    const measured = { all: run(), one: undefined };
    expect([885, 1769, 3538].map((mb) => workerTime(measured, mb, prices).seconds)).toEqual([
      expect.closeTo(9.995, 2),
      5,
      3,
    ]);
  });

  it('is that of one core where that was measured and is longer', () => {
    const measured = { all: run(), one: run({ cores: 'one', wallSeconds: 6 }) };
    expect(workerTime(measured, 1769, prices).seconds).toBe(6);
  });

  it('costs its gigabyte-seconds and one invocation', () => {
    const { usd } = workerTime({ all: run(), one: undefined }, 1769, prices);
    expect(usd).toBeCloseTo((5 * 1769 * GB_SECOND) / 1024 + 0.0000002, 12);
  });

  it('is told to be impossible where the memory or fifteen minutes do not suffice', () => {
    const heavy = { all: run({ peakRssMiB: 900 }), one: undefined };
    expect(workerTime(heavy, 885, prices).obstacle).toBe('memory');
    expect(workerTime(heavy, 1769, prices).obstacle).toBeUndefined();
    const long = { all: run({ cpuSeconds: 1000 }), one: undefined };
    expect(workerTime(long, 1769, prices).obstacle).toBe('time');
  });

  it('is that of our default alone, by number of rows', () => {
    const measurements = [run(), run({ rows: 50 }), run({ name: 'quire-tagged' }), run({ name: 'krilla' })];
    const one = run({ cores: 'one' });
    expect(measuredReports([...measurements, one])).toEqual([{ all: run({ rows: 50 }) }, { all: run(), one }]);
  });
});

it('sizing holds measurements and arithmetic apart, and names machine, prices and their date', () => {
  const results: Results = {
    machine: { cpu: 'Xeon', cores: 2, system: 'Linux 6', tools: { node: '24.1.0' } },
    from: '2026-11-26T01:00:00Z',
    to: '2026-11-26T02:00:00Z',
    contestants: [],
    leftOut: [],
    measurements: [run({ peakRssMiB: 850 })],
  };
  const text = sizingTables([{ results, source: 'gzipped CSV', format: 'XLSX', columns: 10 }], prices);
  const [measured, arithmetic] = text.split('### By arithmetic');
  expect(measured).toMatch(/\| 1 M × 10, gzipped CSV → XLSX +\| +5\.00 \| +3\.00 \| +– \| +850 \| +65\.9 \|/);
  expect(measured).toContain('Measured on Xeon, 2 cores, Linux 6; node 24.1.0, on 2026-11-26.');
  expect(arithmetic).toMatch(/\| 1 M × 10, gzipped CSV → XLSX +\| +_memory_ \| +– \| +5\.00 \| +0\.115 \| +3\.00 \|/);
  expect(arithmetic).toContain(`Prices: us-east-1, read on ${prices.read}.`);
});

it('dollars have three digits that count', () => {
  expect([0, 0.000_012_345, 0.5, 12.345].map(dollars)).toEqual(['0', '0.0000123', '0.500', '12.3']);
});
