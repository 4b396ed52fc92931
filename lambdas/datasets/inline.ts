import type { Cell } from '../domain/cells.ts';
import type { Row, RowSource, RowStream, RowsContext } from '../domain/rendering.ts';
import type { Column, InlineTable, RequestRow, RequestTable } from '../domain/request.ts';
import { CODES } from './bad-cells.ts';
import { typedReader } from './values/readers.ts';

const BATCH_ROWS = 500;

type InlineContext = Pick<RowsContext, 'timeZone' | 'onBadCell'>;

/**
 * The rows that stand in the request itself.
 * @throws Error for a table whose rows were uploaded
 */
export async function inlineRows(
  table: RequestTable,
  context: InlineContext = { timeZone: 'UTC' },
): Promise<RowSource> {
  if (table.rows === undefined) throw new Error('The rows of this table are not in the request.');
  return { rowsTotal: table.rows.length, rows: (signal) => batches(table, context, signal) };
}

async function* batches(table: InlineTable, context: InlineContext, signal: AbortSignal): RowStream {
  const check = checkOf(table.columns, context);
  for (let start = 0; start < table.rows.length; start += BATCH_ROWS) {
    signal.throwIfAborted();
    const rows = table.rows.slice(start, start + BATCH_ROWS).map((row) => byPosition(row as RequestRow, table.columns));
    for (const [i, row] of rows.entries()) check(row, start + i + 1);
    yield rows;
  }
}

/** Reports cells that the engines will show as text although their column is not text. */
function checkOf(columns: readonly Column[], { timeZone, onBadCell }: InlineContext) {
  if (onBadCell === undefined) return () => {};
  const typed = columns.flatMap((column, position) => {
    const read = typedReader(column, timeZone);
    return read === undefined ? [] : [{ ...column, position, read }];
  });
  return (row: Row, line: number): void => {
    for (const { key, type, position, read } of typed) {
      const cell = row[position] ?? null;
      if (cell === null || cell === '' || read(cell) !== undefined) continue;
      onBadCell({ line, column: key, value: String(cell), code: CODES[type] });
    }
  };
}

/** The cells of a row that was checked before, so what is missing here was never there: `null`. */
export function byPosition(row: RequestRow, columns: readonly Column[]): Row {
  if (Array.isArray(row)) return columns.map((_, i) => (row[i] ?? null) as Cell);
  const members = row as { readonly [key: string]: Cell };
  return columns.map(({ key }) => (Object.hasOwn(members, key) ? (members[key] ?? null) : null));
}
