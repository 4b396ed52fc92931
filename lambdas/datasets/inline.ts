import type { Cell } from '../domain/cells.ts';
import type { Row, RowSource, RowStream } from '../domain/rendering.ts';
import type { Column, InlineTable, RequestTable } from '../domain/request.ts';

const BATCH_ROWS = 500;

/**
 * The rows that stand in the request itself.
 * @throws Error for a table whose rows were uploaded
 */
export async function inlineRows(table: RequestTable): Promise<RowSource> {
  if (table.dataset !== undefined) throw new Error('The rows of this table do not stand in the request.');
  return { rowsTotal: table.rows.length, rows: (signal) => batches(table, signal) };
}

async function* batches(table: InlineTable, signal: AbortSignal): RowStream {
  for (let start = 0; start < table.rows.length; start += BATCH_ROWS) {
    signal.throwIfAborted();
    yield table.rows.slice(start, start + BATCH_ROWS).map((row) => byPosition(row, table.columns));
  }
}

/** Validated before it was stored, so whatever is no cell here was never there: `null`. */
function byPosition(row: unknown, columns: readonly Column[]): Row {
  if (Array.isArray(row)) return columns.map((_, i) => (row[i] ?? null) as Cell);
  const members = new Map(Object.entries(row as object));
  return columns.map((column) => (members.get(column.key) ?? null) as Cell);
}
