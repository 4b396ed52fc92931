import { describe, expect, it } from 'vitest';
import { overLimits } from '../../lambdas/domain/bounds.ts';
import { LIMITS } from '../../lambdas/domain/limits.ts';

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const members = (count: number) => Object.fromEntries(times(count, (i) => [`m${i}`, 0]));
const columns = (count: number, more: object = {}) => times(count, (i) => ({ key: `c${i}`, ...more }));
const request = (table: object, more: object = {}) => ({ format: 'xlsx', tables: [table], ...more });
const formats = (count: number) => ({ conditionalFormats: times(count, () => ({ type: 'dataBar' })) });

describe('a request at its limits is left to the schema', () => {
  it.each([
    ['no request', null],
    ['a list', []],
    ['without tables', { tables: 7 }],
    ['members', members(LIMITS.members)],
    ['tables', { tables: times(LIMITS.tables, () => ({})) }],
    ['columns', request({ columns: columns(LIMITS.columns) })],
    ['columns of a PDF', request({ columns: columns(LIMITS.pdfColumns) }, { format: 'pdf' })],
    ['conditional formats', request({ columns: columns(1, formats(LIMITS.conditionalFormats)) })],
    ['tables that are none', { tables: [7, null, []] }],
    ['columns that are none', request({ columns: [7, null], groupBy: 'a', rows: [[1]] })],
    ['a group of no column', request({ columns: columns(1), groupBy: 'other', rows: 7 })],
  ])('%s', (_, json) => {
    expect(overLimits(json)).toEqual([]);
  });
});

describe('a request over a limit is told the place, the number and the limit', () => {
  const many = (what: string, count: number, most: number) => `has ${count} ${what}; at most ${most} are accepted`;
  const tooMuch = LIMITS.members + 1;
  const message = many('members', tooMuch, LIMITS.members);

  it.each([
    ['itself', members(tooMuch), []],
    ['its layout', { layout: members(tooMuch) }, ['layout']],
    ['an object of its layout', { layout: { logo: members(tooMuch) } }, ['layout', 'logo']],
    ['a table', { tables: [{}, members(tooMuch)] }, ['tables', 1]],
    ['a column', request({ columns: [{}, members(tooMuch)] }), ['tables', 0, 'columns', 1]],
    [
      'a conditional format',
      request({ columns: [{ conditionalFormats: [{}, members(tooMuch)] }] }),
      ['tables', 0, 'columns', 0, 'conditionalFormats', 1],
    ],
    [
      'an object of one',
      request({ columns: [{ conditionalFormats: [{ a: members(tooMuch) }] }] }),
      ['tables', 0, 'columns', 0, 'conditionalFormats', 0, 'a'],
    ],
  ])('for the members of %s', (_, json, path) => {
    expect(overLimits(json)).toEqual([{ path, code: 'TOO_MANY_MEMBERS', message }]);
  });

  it('for its tables, and looks at none of them', () => {
    const count = LIMITS.tables + 1;
    expect(overLimits({ tables: times(count, () => members(tooMuch)) })).toEqual([
      { path: ['tables'], code: 'TOO_MANY_ITEMS', message: many('tables', count, LIMITS.tables) },
    ]);
  });

  it('for the columns of a table, of which a PDF may have fewer', () => {
    const issue = (what: string, count: number, most: number) => ({
      path: ['tables', 0, 'columns'],
      code: 'TOO_MANY_COLUMNS',
      message: many(what, count, most),
    });
    expect(overLimits(request({ columns: columns(LIMITS.columns + 1) }))).toEqual([
      issue('columns', LIMITS.columns + 1, LIMITS.columns),
    ]);
    expect(overLimits(request({ columns: columns(LIMITS.pdfColumns + 1) }, { format: 'pdf' }))).toEqual([
      issue('columns of a table in a PDF', LIMITS.pdfColumns + 1, LIMITS.pdfColumns),
    ]);
  });

  it('for the columns of all tables together', () => {
    const half = LIMITS.columnsInAll / 2;
    expect(overLimits({ tables: [{ columns: columns(half) }, { columns: columns(half) }] })).toEqual([]);
    expect(overLimits({ tables: [{ columns: columns(half) }, { columns: columns(half + 1) }] })).toEqual([
      {
        path: ['tables'],
        code: 'TOO_MANY_COLUMNS',
        message: many('columns in all tables', 2 * half + 1, LIMITS.columnsInAll),
      },
    ]);
  });

  it('for the conditional formats of a column, and looks at none of them', () => {
    const count = LIMITS.conditionalFormats + 1;
    const column = { conditionalFormats: times(count, () => members(tooMuch)) };
    expect(overLimits(request({ columns: [{}, column] }))).toEqual([
      {
        path: ['tables', 0, 'columns', 1, 'conditionalFormats'],
        code: 'TOO_MANY_ITEMS',
        message: many('conditional formats', count, LIMITS.conditionalFormats),
      },
    ]);
  });

  it('for its cells, subtotals among them', () => {
    const perRow = 100;
    const rows = LIMITS.cells / perRow;
    const table = (count: number, more = {}) =>
      request({ columns: columns(perRow), rows: times(count, () => []), ...more });
    expect(overLimits(table(rows))).toEqual([]);
    const issue = (count: number) => [
      {
        path: ['tables'],
        code: 'TOO_MANY_CELLS',
        message: many('cells (rows and subtotals × columns)', count, LIMITS.cells),
      },
    ];
    expect(overLimits(table(rows + 1))).toEqual(issue((rows + 1) * perRow));
    // All rows are one group, whose subtotal is the row too many.
    expect(overLimits(table(rows, { groupBy: 'c0' }))).toEqual(issue((rows + 1) * perRow));
  });

  it('for its groups, and for the ranges that each of them is to every conditional format', () => {
    const table = (count: number, more = {}) =>
      request({ columns: columns(1, more), groupBy: 'c0', rows: times(count, (i) => [i]) });
    const issue = (said: string) => [{ path: ['tables', 0, 'groupBy'], code: 'TOO_MANY_GROUPS', message: said }];
    expect(overLimits(table(LIMITS.groups))).toEqual([]);
    expect(overLimits(table(LIMITS.groups + 1))).toEqual(issue(many('groups', LIMITS.groups + 1, LIMITS.groups)));
    const most = LIMITS.groupedFormats / 4;
    expect(overLimits(table(most, formats(4)))).toEqual([]);
    expect(overLimits(table(most + 1, formats(4)))).toEqual(
      issue(many('groups × 4 conditional formats', (most + 1) * 4, LIMITS.groupedFormats)),
    );
  });
});
