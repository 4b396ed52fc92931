import { describe, expect, it } from 'vitest';
import { inlineRows } from '../../lambdas/datasets/inline.ts';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import type { Row } from '../../lambdas/domain/rendering.ts';

async function rowsOf(columns: string[], rows: unknown[]): Promise<Row[]> {
  const request = parseRequest({ format: 'pdf', title: 't', columns: columns.map((key) => ({ key })), rows });
  const [table] = request.tables;
  if (table === undefined) throw new Error('no table');
  const all: Row[] = [];
  const source = await inlineRows(table);
  expect(source.rowsTotal).toBe(rows.length);
  for await (const batch of source.rows(new AbortController().signal)) all.push(...batch);
  return all;
}

describe('inline rows', () => {
  it('come in the order of the columns, with null where a cell is missing', async () => {
    expect(await rowsOf(['a', 'b'], [{ b: 2, a: 1 }, { b: false }, [7], {}])).toEqual([
      [1, 2],
      [null, false],
      [7, null],
      [null, null],
    ]);
  });

  it('never take a cell from the prototype', async () => {
    expect(await rowsOf(['constructor', 'toString', '__proto__'], [{}])).toEqual([[null, null, null]]);
  });

  it('stop coming when they are told to', async () => {
    const { tables } = parseRequest({ format: 'pdf', title: 't', columns: [{ key: 'n' }], rows: [[1]] });
    const source = await inlineRows(tables[0] as (typeof tables)[number]);
    const batches = source.rows(AbortSignal.abort(new Error('no time left')))[Symbol.asyncIterator]();
    await expect(batches.next()).rejects.toThrow('no time left');
  });

  it('all come, over the borders of batches', async () => {
    const rows = await rowsOf(
      ['n'],
      Array.from({ length: 1501 }, (_, n) => [n]),
    );
    expect(rows.map(([n]) => n)).toEqual(Array.from({ length: 1501 }, (_, n) => n));
  });
});
