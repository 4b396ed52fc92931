import { describe, expect, it } from 'vitest';
import type { CallCase, CallResults } from '../../bench/calls/results.ts';
import { counted } from '../../bench/calls/watch.ts';
import { readPrices } from '../../bench/prices/prices.ts';
import { billOf, costTables } from '../../bench/report/cost.ts';

const prices = readPrices();

const REPORT: CallCase = {
  rows: 50,
  format: 'xlsx',
  source: 'body',
  enqueue: { 'DynamoDB PutItem jobs': 1, 'DynamoDB UpdateItem jobs': 1, 'SQS SendMessage': 1 },
  worker: {
    'DynamoDB PutItem idempotency': 1,
    'DynamoDB UpdateItem idempotency': 1,
    'DynamoDB UpdateItem jobs': 3,
    'S3 GET': 1,
    'S3 PUT': 1,
  },
  rowBytes: 3000,
  requestBytes: 2000,
  reportBytes: 10_000,
};
const STATUS = { 'DynamoDB GetItem jobs': 1 };
const results = (...cases: CallCase[]): CallResults => ({
  at: '2026-11-27T01:00:00Z',
  emulator: 'ministack',
  status: STATUS,
  cases,
});

describe('the bill of one report', () => {
  it('counts each write of a job by the KB of its row and its indexes, and reads by 4 KB', () => {
    const { DynamoDB } = billOf(REPORT, STATUS, 0, prices);
    expect(DynamoDB).toBeCloseTo((5 * (3 + 2) + 2) * 0.000000625 + 3 * 0.000000125, 12);
  });

  it('counts the calls of the pollers of Lambda besides our own', () => {
    expect(billOf(REPORT, STATUS, 0, prices).SQS).toBeCloseTo(3 * 0.0000005, 12);
  });

  it('has a request more where rows were uploaded before', () => {
    const { 'API Gateway': posted } = billOf(REPORT, STATUS, 0, prices);
    const { 'API Gateway': uploaded } = billOf({ ...REPORT, source: 'dataset' }, STATUS, 0, prices);
    expect([posted, uploaded]).toEqual([expect.closeTo(4 * 0.0000035, 12), expect.closeTo(5 * 0.0000035, 12)]);
  });

  it('grows by the worker’s seconds at its memory', () => {
    const grown = billOf(REPORT, STATUS, 10, prices).Lambda - billOf(REPORT, STATUS, 0, prices).Lambda;
    expect(grown).toBeCloseTo(((10 * 1769) / 1024) * 0.0000133334, 10);
  });
});

it('a kind of report that nobody timed is left out, and a warm median is taken before a whole process', () => {
  const facts = {
    machine: { cpu: 'Xeon', cores: 2, system: 'Linux 6', tools: {} },
    from: '2026-11-27T01:00:00Z',
    to: '2026-11-27T02:00:00Z',
    contestants: [],
    leftOut: [],
  };
  const times = { format: 'xlsx', name: 'quire', rows: 50, way: 'warm' as const, runs: 200, p95: 9, first: 90, at: '' };
  const measured = { name: 'quire', cores: 'all' as const, runs: 3, cpuSeconds: 1, peakRssMiB: 90, bytes: 1 };
  const suite = { ...facts, measurements: [50, 10_000].map((rows) => ({ ...measured, rows, wallSeconds: 0.4 })) };
  const text = costTables(
    results(REPORT, { ...REPORT, rows: 10_000 }, { ...REPORT, format: 'pdf' }),
    { warm: { ...facts, times: [{ ...times, p50: 7 }] }, suites: { xlsx: [suite], pdf: [] } },
    prices,
  );
  expect(text).toMatch(/\| 50 rows, posted → XLSX +\| +3000 \| +0\.01 \| +0\.007 \|/);
  expect(text).toMatch(/\| 10 k rows, posted → XLSX +\| +3000 \| +0\.01 \| +1\.000 \|/);
  expect(text).not.toContain('PDF');
});

it('calls are counted by service, operation and table', () => {
  const calls = [
    { method: 'POST', path: '/', operation: 'DynamoDB_20120810.UpdateItem', table: 'Quire-Jobs-1' },
    { method: 'POST', path: '/', operation: 'DynamoDB_20120810.UpdateItem', table: 'Quire-Jobs-1' },
    { method: 'POST', path: '/', operation: 'DynamoDB_20120810.PutItem', table: 'Quire-Once-1' },
    { method: 'POST', path: '/', operation: 'AmazonSQS.SendMessage' },
    { method: 'PUT', path: '/bucket/reports/x' },
  ];
  expect(counted(calls, { JobsTable: 'Quire-Jobs-1', IdempotencyTable: 'Quire-Once-1' })).toEqual({
    'DynamoDB PutItem idempotency': 1,
    'DynamoDB UpdateItem jobs': 2,
    'S3 PUT': 1,
    'SQS SendMessage': 1,
  });
});
