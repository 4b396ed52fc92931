import { describe, expect, it } from 'vitest';
import { inlineRows } from '../../lambdas/datasets/inline.ts';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import type { Row } from '../../lambdas/domain/rendering.ts';

async function rowsOf(columns: string[], rows: unknown[]): Promise<Row[]> {
  const request = parseRequest({ format: 'pdf', title: 't', columns: columns.map((key) => ({ key })), rows });
  const [table] = request.tables;
  if (table === undefined) throw new Error('no table');
  const all: Row[] = [];
  for await (const batch of inlineRows(table)) all.push(...batch);
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

  it('all come, over the borders of batches', async () => {
    const rows = await rowsOf(
      ['n'],
      Array.from({ length: 1501 }, (_, n) => [n]),
    );
    expect(rows.map(([n]) => n)).toEqual(Array.from({ length: 1501 }, (_, n) => n));
  });
});
