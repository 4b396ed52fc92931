import { describe, expect, it } from 'vitest';
import type { BadCell } from '../../lambdas/domain/bad-cells.ts';
import { columns, failure, read } from './support.ts';

const TABLE = columns('id:integer', 'day:date', 'note');

/** So many rows, of which the given ones hold no date. */
function file(rows: number, bad: readonly number[]): string {
  const lines = Array.from({ length: rows }, (_, i) => `${i},${bad.includes(i) ? 'soon' : '2026-11-26'},x`);
  return `id,day,note\n${lines.join('\n')}\n`;
}

describe('a cell that is no value of its column', () => {
  it('stays text, and is counted and told by line and column', async () => {
    const { rows, warnings } = await read('csv', file(100, [3, 7]), { columns: TABLE });
    expect(rows[3]).toEqual([3, 'soon', 'x']);
    const detail = 'line 5, column "day": not a date; it was kept as text.';
    expect(warnings).toEqual([{ code: 'BAD_CELLS', detail, count: 2 }]);
  });

  it('is told with its value to whoever writes that down', async () => {
    const cells: BadCell[] = [];
    const csv = 'id,day,note\n"1",2026-11-26,"two\nlines"\nx,,y\n';
    await read('csv', csv, { columns: TABLE, onBadCell: (cell) => cells.push(cell) });
    expect(cells).toEqual([{ line: 4, column: 'id', value: 'x', code: 'NOT_A_NUMBER' }]);
  });

  it('ends the reading where none is let pass', async () => {
    const reading = { columns: TABLE, spec: { onBadCell: 'fail' as const } };
    const { code, detail } = await failure(read('csv', file(100, [3]), reading));
    expect([code, detail]).toEqual(['BAD_CELL', 'line 5, column "day": not a date.']);
  });

  it('may be one of twenty in a column, and of ten in a short one', async () => {
    const some = (count: number) => Array.from({ length: count }, (_, i) => i);
    expect((await read('csv', file(400, some(20)), { columns: TABLE })).rows.length).toBe(400);
    expect((await read('csv', file(20, some(10)), { columns: TABLE })).rows.length).toBe(20);
    const { code, detail } = await failure(read('csv', file(400, some(21)), { columns: TABLE }));
    expect(code).toBe('TOO_MANY_BAD_CELLS');
    expect(detail).toMatch(
      /^21 of 400 cells of column "day" are not values of their column's type: line 2, column "day"/,
    );
    expect(detail.match(/line \d+/g)).toEqual(some(10).map((i) => `line ${i + 2}`));
  });

  it.each([
    [0, 1],
    [1, 2],
    [7, 8],
    [0.02, 3],
  ])('is one too many above a limit of %d', async (maxBadCells, bad) => {
    const some = (count: number) => Array.from({ length: count }, (_, i) => i);
    const reading = { columns: TABLE, spec: { maxBadCells } };
    expect((await read('csv', file(100, some(bad - 1)), reading)).rows.length).toBe(100);
    expect((await failure(read('csv', file(100, some(bad)), reading))).code).toBe('TOO_MANY_BAD_CELLS');
  });

  it('is none where nothing stands, or digits that no double holds', async () => {
    const csv = 'id,day,note\n,,\n12345678901234567890,2026-11-26,x\n';
    const { rows, warnings } = await read('csv', csv, { columns: TABLE, spec: { onBadCell: 'fail' } });
    expect([rows[1]?.[0], warnings]).toEqual(['12345678901234567890', []]);
  });
});
