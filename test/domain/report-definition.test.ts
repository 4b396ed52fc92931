import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isGranted, type ReportDefinition, typed, usedParameters } from '../../lambdas/domain/report-definition.ts';

const definition = (changes: Partial<ReportDefinition> = {}): ReportDefinition => ({
  name: 'sales',
  title: 'Sales',
  version: 1,
  params: z.strictObject({}),
  columns: [],
  sources: {},
  async *rows() {},
  ...changes,
});

it('a column is text unless it says otherwise', () => {
  expect(typed({ key: 'a' })).toEqual({ key: 'a', type: 'text' });
  expect(typed({ key: 'a', type: 'integer' })).toEqual({ key: 'a', type: 'integer' });
});

describe('a stage', () => {
  const addresses = {
    tables: { orders: 'orders-table', customers: 'customers-table' },
    buckets: { lake: { bucket: 'b', prefix: '' } },
    services: { rates: 'https://rates.example.com/' },
  };

  it.each([
    [{}, true],
    [{ tables: [] }, true],
    [{ tables: ['orders', 'customers'], buckets: ['lake'], services: ['rates'] }, true],
    [{ tables: ['orders', 'other'] }, false],
    [{ tables: ['other'], buckets: ['lake'] }, false],
    [{ tables: ['orders'], buckets: ['other'], services: ['rates'] }, false],
    [{ tables: ['orders'], buckets: ['lake'], services: ['other'] }, false],
    [{ tables: ['toString'] }, false],
  ])('that grants these has all of %j: %s', (sources, has) => {
    expect(isGranted(definition({ sources }), addresses)).toBe(has);
  });
});

describe('the parameters of a report', () => {
  const params = z.strictObject({
    day: z.date().meta({ title: 'Day' }),
    regions: z.array(z.string()).meta({ title: 'Regions' }),
    size: z.object({ rows: z.number() }),
    year: z.number().optional().meta({ description: 'no title' }),
    note: z.string().nullable().meta({ title: 'Note' }),
  });

  it('are shown by their titles, in the order of the definition, as people write them', () => {
    const given = {
      year: 2026,
      size: { rows: 3 },
      regions: ['North', 'South'],
      day: new Date(Date.UTC(2026, 0, 5)),
      note: 'x',
    };
    expect(usedParameters(definition({ params }), given)).toEqual([
      { label: 'Day', value: '2026-01-05T00:00:00.000Z' },
      { label: 'Regions', value: 'North, South' },
      { label: 'size', value: '{"rows":3}' },
      { label: 'year', value: '2026' },
      { label: 'Note', value: 'x' },
    ]);
  });

  it('that were not given are not shown', () => {
    expect(usedParameters(definition({ params }), { note: null, regions: [] })).toEqual([
      { label: 'Regions', value: '' },
    ]);
  });
});
