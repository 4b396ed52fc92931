import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { OutOfTime, PermanentFailure } from '../../../lambdas/domain/failures.ts';
import type { Problem } from '../../../lambdas/domain/problems.ts';
import type { ReportDefinition } from '../../../lambdas/domain/report-definition.ts';
import { airports } from '../../../lambdas/reports/airports.ts';
import { defineReport } from '../../../lambdas/reports/define-report.ts';
import { flightDelays } from '../../../lambdas/reports/flight-delays.ts';
import { firstFlights } from '../../support/flights.ts';
import { MemoryReportSources } from '../../support/memory/report-sources.ts';
import { MemoryService } from '../../support/memory/service.ts';

let service: MemoryService;
let sources: MemoryReportSources;
beforeEach(() => {
  service = new MemoryService();
  sources = new MemoryReportSources();
  service.sources = sources;
  service.definitions = [airports, flightDelays];
  sources.tables.set('airports', [
    {
      state: 'CA',
      iata: 'SFO',
      name: 'San Francisco International',
      city: 'San Francisco',
      latitude: 37.6,
      longitude: -122.4,
    },
    { state: 'NV', iata: 'LAS', name: 'McCarran International', city: 'Las Vegas', latitude: 36.1, longitude: -115.2 },
    {
      state: 'CA',
      iata: 'LAX',
      name: 'Los Angeles International',
      city: 'Los Angeles',
      latitude: 33.9,
      longitude: -118.4,
    },
  ]);
});

const asked = { format: 'xlsx', report: 'airports', params: { state: 'CA' } };

async function ended(json: object) {
  const { job } = await service.post(json);
  await service.deliver();
  return service.table.get(job.id);
}

/** The lines of the one file, without the time in the first. */
function lines(): unknown[] {
  const [key = ''] = service.reports();
  const text = String(service.bucket.objects.get(key)?.bytes);
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
}

const faultsOf = (json: object) =>
  service.post(json).then(
    () => [],
    (problem: Problem) => problem.faults.map(({ pointer, code }) => `${pointer} ${code}`),
  );

describe('a report that is defined in code', () => {
  it('reads its rows from its source, under its own title', async () => {
    expect(await ended(asked)).toMatchObject({
      status: 'done',
      fileName: 'Airports of a state.xlsx',
      report: { rows: 2 },
    });
    expect(lines()).toEqual([
      ['SFO', 'San Francisco International', 'San Francisco', 37.6, -122.4],
      ['LAX', 'Los Angeles International', 'Los Angeles', 33.9, -118.4],
    ]);
  });

  it('shows the columns that were chosen, in their order', async () => {
    await ended({ ...asked, columns: ['city', 'iata'] });
    expect(lines()).toEqual([
      ['San Francisco', 'SFO'],
      ['Los Angeles', 'LAX'],
    ]);
  });

  it('may end the job by a sentence of its own', async () => {
    const error = { code: 'REPORT_FAILED', detail: 'No airport of ZZ is known.' };
    expect(await ended({ ...asked, params: { state: 'ZZ' } })).toMatchObject({ status: 'error', error });
  });

  it('may stand beside other tables', async () => {
    const tables = [
      { name: 'California', report: { name: 'airports', params: { state: 'CA' }, columns: ['iata'] } },
      { name: 'Nevada', report: { name: 'airports', params: { state: 'NV' }, columns: ['iata'] } },
      { name: 'Notes', columns: [{ key: 'note' }], rows: [['x']] },
    ];
    expect(await ended({ format: 'xlsx', title: 'West', tables })).toMatchObject({ report: { rows: 4 } });
    expect(lines()).toEqual([['SFO'], ['LAX'], ['LAS'], ['x']]);
  });

  it('tells its renderer with what parameters it was made, defaults included', async () => {
    const real = service.renderer;
    let shown: unknown;
    service.renderer = {
      ...real,
      render: (report, ...rest) => {
        shown = report.parameters;
        return real.render(report, ...rest);
      },
    };
    sources.objects.set('flights/flights.parquet', await firstFlights(50_000));
    const params = { origin: 'SFO', minimumDelay: 120, to: '2001-01-31' };
    expect(await ended({ format: 'xlsx', report: 'flight-delays', params })).toMatchObject({ status: 'done' });
    expect(shown).toEqual([
      { label: 'From', value: 'SFO' },
      { label: 'Late by at least (minutes)', value: '120' },
      { label: 'Last day', value: '2001-01-31' },
    ]);
    for (const row of lines() as [string, string, number, number][]) {
      expect(row[0] <= '2001-02-01' && row[3] >= 120).toBe(true);
    }
    expect(lines().length).toBeGreaterThan(0);
  });

  it('is told from the request which parameters it does not take, and where', async () => {
    expect(await faultsOf({ ...asked, params: { state: 'California' } })).toEqual(['/params/state INVALID_VALUE']);
    expect(await faultsOf({ ...asked, params: {} })).toEqual(['/params/state INVALID_VALUE']);
    expect(await faultsOf({ ...asked, params: { state: 'CA', sate: 1 } })).toEqual(['/params/sate UNKNOWN_MEMBER']);
    expect(await faultsOf({ ...asked, params: 7 })).toEqual(['/params INVALID_VALUE']);
    expect(await faultsOf({ ...asked, report: 'no-such' })).toEqual(['/report UNKNOWN_REPORT']);
    expect(await faultsOf({ ...asked, columns: ['iata', 'country', 'iata'] })).toEqual([
      '/columns/1 UNKNOWN_COLUMN',
      '/columns/2 DUPLICATE_KEY',
    ]);
    expect(await faultsOf({ ...asked, groupBy: 'state' })).toEqual(['/groupBy UNKNOWN_COLUMN']);
    expect(await faultsOf({ ...asked, rows: [] })).toEqual(['/rows INVALID_VALUE']);
    const tables = [{ report: { name: 'airports', params: { state: 'x' } } }];
    expect(await faultsOf({ format: 'xlsx', title: 't', tables })).toEqual([
      '/tables/0/report/params/state INVALID_VALUE',
    ]);
    expect(await faultsOf({ ...asked, params: { state: 'CA', from: 'x'.repeat(10_001) } })).toEqual([
      '/params TOO_LONG',
    ]);
  });

  it('does not exist in a stage that lacks its sources', async () => {
    service.definitions = [];
    expect(await faultsOf({ ...asked, title: 't' })).toEqual(['/report UNKNOWN_REPORT']);
  });

  it('that was taken out, or has other parameters now, ends the job in an error', async () => {
    const { job } = await service.post(asked);
    service.definitions = [];
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'error', error: { code: 'REPORT_GONE' } });
  });

  it('that is stopped in the middle ends by the deadline, and leaves nothing behind', async () => {
    const time = new AbortController();
    sources.beforeItem = async () => time.abort(new OutOfTime());
    const { job } = await service.post(asked);
    await service.deliver(time.signal);
    expect(service.table.get(job.id)).toMatchObject({ status: 'error', error: { code: 'TOO_LARGE' } });
    expect([service.reports(), service.bucket.uploads.size]).toEqual([[], 0]);
  });

  it('whose worker dies is made by the next', async () => {
    const { job } = await service.post(asked);
    await service.dieBefore('reports.complete');
    service.sendAgain(job.id);
    await service.deliver();
    expect(service.table.get(job.id)).toMatchObject({ status: 'done', attempt: 2, report: { rows: 2 } });
  });
});

describe('a definition that misbehaves', () => {
  const throwing = (cause: Error): ReportDefinition => ({
    ...yielding(),
    rows: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(cause) }) }),
  });

  const yielding = (...rows: object[]): ReportDefinition => ({
    ...defineReport({
      name: 'odd',
      title: 'Odd',
      params: z.strictObject({}),
      columns: [{ key: 'a' }],
      sources: {},
      async *rows() {
        yield { a: 1 };
      },
    }),
    async *rows() {
      for (const row of rows) yield row as { readonly [key: string]: string };
    },
  });

  it.each([
    ['no cell for the column "a"', { b: 1 }],
    ['no string, finite number, boolean or null for the column "a"', { a: { formula: '1+1' } }],
    ['no string, finite number, boolean or null for the column "a"', { a: Number.NaN }],
  ])('by a row with %s ends the job in an error that tells which', async (what, row) => {
    service.definitions = [yielding({ a: 1 }, row)];
    const job = await ended({ format: 'xlsx', report: 'odd' });
    expect(job).toMatchObject({
      status: 'error',
      error: { code: 'REPORT_ROWS', detail: `row 2 of the report "odd" has ${what}.` },
    });
  });

  it('by what it throws is tried again, and tells nothing of the inside', async () => {
    const failing = throwing(new Error('password'));
    service.definitions = [failing];
    const job = await ended({ format: 'xlsx', report: 'odd' });
    expect(job).toMatchObject({ status: 'processing', lastFailure: { code: 'INTERNAL' } });
    expect(JSON.stringify(job)).not.toContain('password');
  });

  it('may say itself why there is no report', async () => {
    const refusing = throwing(new PermanentFailure('REPORT_FAILED', 'The month is not closed yet.'));
    service.definitions = [refusing];
    const detail = 'The month is not closed yet.';
    expect(await ended({ format: 'xlsx', report: 'odd' })).toMatchObject({ status: 'error', error: { detail } });
  });
});
