import fc from 'fast-check';
import type { Cell } from '../../../lambdas/domain/cells.ts';
import type { ColumnType } from '../../../lambdas/domain/request.ts';
import { TYPES } from '../../../lambdas/renderers/table/types/index.ts';

/** A table of a request with its rows. */
export interface AnyTable {
  readonly name: string;
  readonly columns: readonly { readonly key: string; readonly type: ColumnType; readonly total?: string }[];
  readonly groupBy?: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Digits that no rounding of a display meets half way. */
const money = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100);
const day = fc.integer({ min: -60_000, max: 60_000 }).map((days) => new Date(days * 86_400_000).toISOString());
const seconds = fc.integer({ min: -200_000, max: 2_000_000 });

/** Cells as a request may write them, by type; every one is a value of it. */
const VALUES: Record<ColumnType, fc.Arbitrary<Cell>> = {
  text: fc.constantFrom('ash', 'beech', 'cedar', '007', 12, true),
  url: fc.constantFrom('https://a.example', 'https://b.example'),
  integer: fc.oneof(fc.integer({ min: -99_999, max: 9_999_999 }), fc.constantFrom('12', ' 7', '+3', 0)),
  number: fc.oneof(money, fc.constantFrom('1.5', '-2e3', 0, -0)),
  currency: money,
  percent: fc.oneof(
    fc.integer({ min: -9999, max: 99_999 }).map((n) => n / 1000),
    fc.constantFrom('12.5%', '0.1', 0.1, '10%'),
  ),
  boolean: fc.constantFrom(true, false, 'yes', 'No', 1, 0, 't'),
  date: fc.oneof(
    day.map((text) => text.slice(0, 10)),
    fc.constantFrom('2026-01-05', '2026-01-05T00:00:00', '1899-12-31'),
  ),
  datetime: fc.oneof(
    day.map((text) => `${text.slice(0, 10)}T14:${text.slice(8, 10)}:00`),
    fc.constantFrom('2026-01-05', '2026-01-05T00:00:00', '2026-01-05T12:00:00Z'),
  ),
  duration: fc.oneof(seconds, fc.constantFrom('PT1H', '-PT30M', '1:00:00', 3600)),
};

/** What no type but text has for a value, and nothing. */
const OTHERS = fc.constantFrom<Cell>('n/a', null, null, '');

/**
 * The average of durations is left out: its parts of a second are rounded by Excel and cut by LibreOffice, which is the
 * judge.
 */
function totalsOf(type: ColumnType): (string | undefined)[] {
  const totals = Object.keys(TYPES[type].totals).filter((total) => type !== 'duration' || total !== 'average');
  return [undefined, ...totals];
}

const columnOf = fc
  .constantFrom(...(Object.keys(TYPES) as ColumnType[]))
  .chain((type) => fc.record({ type: fc.constant(type), total: fc.constantFrom(...totalsOf(type)) }));

function rowsOf(columns: readonly { type: ColumnType }[]): fc.Arbitrary<(readonly Cell[])[]> {
  const cells = columns.map(({ type }) => fc.oneof({ weight: 6, arbitrary: VALUES[type] }, OTHERS));
  return fc.array(fc.tuple(...cells), { maxLength: 7 });
}

/** Any table that both files show on one page. */
export const anyTable: fc.Arbitrary<Omit<AnyTable, 'name'>> = fc
  .array(columnOf, { minLength: 2, maxLength: 6 })
  .map((columns) => columns.map((column, i) => ({ key: `c${i}`, currency: 'EUR', ...column })))
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      groupBy: fc.option(fc.constantFrom(...columns.map(({ key }) => key)), { nil: undefined }),
      rows: rowsOf(columns),
    }),
  ) as fc.Arbitrary<Omit<AnyTable, 'name'>>;
