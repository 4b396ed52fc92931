import type { Cell } from '../domain/cells.ts';
import type { Row, RowSource, RowStream } from '../domain/rendering.ts';
import type { Column, ReportRequest } from '../domain/request.ts';

const BATCH_ROWS = 500;

type Table = ReportRequest['tables'][number];

/** The rows that stand in the request itself. */
export async function inlineRows(table: Table): Promise<RowSource> {
  return { rowsTotal: table.rows.length, rows: (signal) => batches(table, signal) };
}

async function* batches(table: Table, signal: AbortSignal): RowStream {
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
