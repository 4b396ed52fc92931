import { byPosition } from '../lambdas/datasets/inline.ts';
import type { RowSource, RowStream } from '../lambdas/domain/rendering.ts';
import type { Column, RequestRow } from '../lambdas/domain/request.ts';
import { checkRows } from '../lambdas/domain/rows.ts';
import { RenderFault } from './fault.ts';

/** The rows of a table: all of them, or batch by batch as they come, which is how a file of any length is written. */
export type Rows = readonly RequestRow[] | AsyncIterable<readonly RequestRow[]>;

const BATCH_ROWS = 500;

/**
 * Rows from a program, each checked as it passes.
 * @throws RenderFault at the first row that is none, by its place
 */
export function checkedRows(rows: Rows, columns: readonly Column[]): RowSource {
  return {
    ...(isWhole(rows) ? { rowsTotal: rows.length } : {}),
    rows: (signal) => checked(isWhole(rows) ? batchesOf(rows) : rows, columns, signal),
  };
}

async function* checked(
  batches: AsyncIterable<readonly RequestRow[]> | Iterable<readonly RequestRow[]>,
  columns: readonly Column[],
  signal: AbortSignal,
): RowStream {
  const known = { keys: new Set(columns.map(({ key }) => key)), count: columns.length };
  let before = 0;
  for await (const batch of batches) {
    signal.throwIfAborted();
    const [issue] = checkRows(batch, known);
    if (issue !== undefined) {
      const [index, ...place] = issue.path;
      throw new RenderFault(`/rows/${[before + Number(index), ...place].join('/')}: ${issue.message}`);
    }
    yield batch.map((row) => byPosition(row, columns));
    before += batch.length;
  }
}

function* batchesOf(rows: readonly RequestRow[]): Generator<readonly RequestRow[]> {
  for (let start = 0; start < rows.length; start += BATCH_ROWS) yield rows.slice(start, start + BATCH_ROWS);
}

function isWhole(rows: Rows): rows is readonly RequestRow[] {
  return Array.isArray(rows);
}
