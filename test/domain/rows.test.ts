import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../lambdas/domain/limits.ts';
import { checkRows, countGroups } from '../../lambdas/domain/rows.ts';

const columns = { keys: new Set(['a', 'b']), count: 2 };

describe('rows that are fine', () => {
  it('have no issues, by position and by key, also where they are short', () => {
    expect(checkRows([[], [1], ['x', null], {}, { b: true }, { a: 'x', b: -1.5 }], columns)).toEqual([]);
  });
});

describe('a row that is wrong', () => {
  it.each([
    [7, { path: [0], code: 'INVALID_VALUE', message: expect.stringContaining('an object by column key') }],
    [null, { path: [0], code: 'INVALID_VALUE', message: expect.stringContaining('an object by column key') }],
    [[1, 2, 3], { path: [0], code: 'ROW_TOO_LONG', message: 'has 3 cells, but the table has 2 columns' }],
    [[1, {}], { path: [0, 1], code: 'INVALID_CELL', message: expect.stringContaining('a string, a finite number') }],
    [{ a: [1] }, { path: [0, 'a'], code: 'INVALID_CELL', message: expect.any(String) }],
    [{ c: 1 }, { path: [0, 'c'], code: 'UNKNOWN_COLUMN', message: '"c" is not the key of a column' }],
    [
      ['x'.repeat(LIMITS.cellLength + 1)],
      {
        path: [0, 0],
        code: 'CELL_TOO_LONG',
        message: `has ${LIMITS.cellLength + 1} characters; at most ${LIMITS.cellLength} are accepted`,
      },
    ],
  ])('%.40j is told where and why', (row, issue) => {
    expect(checkRows([row], columns)).toEqual([issue]);
  });

  it('may have a cell as long as it may be', () => {
    expect(checkRows([['x'.repeat(LIMITS.cellLength)]], columns)).toEqual([]);
  });
});

describe('many faults', () => {
  const most = LIMITS.faults;

  it.each([
    ['rows', (count: number) => Array.from({ length: count }, () => 7)],
    ['cells of one row', (count: number) => [Array.from({ length: count }, () => ({}))]],
    [
      'members of one row',
      (count: number) => [Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, 1]))],
    ],
  ])('in %s are counted up to as many as are reported', (_, make) => {
    const wide = { ...columns, count: 1000 };
    expect(checkRows(make(most - 1), wide)).toHaveLength(most - 1);
    expect(checkRows(make(most), wide)).toHaveLength(most);
    expect(checkRows(make(most + 1), wide)).toHaveLength(most);
  });
});

describe('groups', () => {
  it.each([
    [[], 0],
    [[[undefined]], 1],
    [[['x'], ['x'], ['y'], ['x']], 3],
    [[{ a: 'x' }, ['x'], { a: 'y' }], 2],
    [[{}, { b: 1 }, null, 7], 1],
    [[{ a: null }, {}], 2],
    [[['1'], [1]], 2],
  ])('of %j are %i', (rows, groups) => {
    expect(countGroups(rows, 'a', 0)).toBe(groups);
  });

  it('are not made of what objects inherit', () => {
    expect(countGroups([{}, { toString: 1 }], 'toString', 0)).toBe(2);
  });
});
