import { isCell } from './cells.ts';
import { echoed, type Issue } from './issues.ts';
import { LIMITS } from './limits.ts';

interface Columns {
  readonly keys: ReadonlySet<string>;
  readonly count: number;
}

/**
 * Checks inline rows by hand instead of by schema: a request carries up to megabytes of them, and a schema library
 * would copy every row. Rows are objects by column key, or arrays by position. Stops at the largest number of issues that are reported.
 */
export function checkRows(rows: readonly unknown[], columns: Columns): Issue[] {
  const issues: Issue[] = [];
  for (let i = 0; i < rows.length && issues.length < LIMITS.faults; i += 1) {
    const row = rows[i];
    if (Array.isArray(row)) checkArray(row, i, columns, issues);
    else if (typeof row === 'object' && row !== null) checkObject(row, i, columns, issues);
    else issues.push({ path: [i], code: 'INVALID_VALUE', message: ROW_RULE });
  }
  return issues;
}

function checkArray(row: readonly unknown[], index: number, columns: Columns, issues: Issue[]): void {
  if (row.length > columns.count) {
    issues.push(tooLong(index, row.length, columns));
    return;
  }
  for (let position = 0; position < row.length && issues.length < LIMITS.faults; position += 1) {
    checkCell(row[position], [index, position], issues);
  }
}

function checkObject(row: object, index: number, columns: Columns, issues: Issue[]): void {
  for (const key of Object.keys(row)) {
    if (issues.length >= LIMITS.faults) return;
    const path = [index, key];
    if (columns.keys.has(key)) checkCell(memberOf(row, key), path, issues);
    else issues.push({ path, code: 'UNKNOWN_COLUMN', message: `"${echoed(key)}" is not the key of a column` });
  }
}

function tooLong(index: number, cells: number, { count }: Columns): Issue {
  const message = `has ${cells} cells, but the table has ${count} columns`;
  return { path: [index], code: 'ROW_TOO_LONG', message };
}

function checkCell(cell: unknown, path: Issue['path'], issues: Issue[]): void {
  if (!isCell(cell)) issues.push({ path, code: 'INVALID_CELL', message: CELL_RULE });
  else if (typeof cell === 'string' && cell.length > LIMITS.cellLength) {
    const message = `has ${cell.length} characters; at most ${LIMITS.cellLength} are accepted`;
    issues.push({ path, code: 'CELL_TOO_LONG', message });
  }
}

const ROW_RULE = 'a row must be an object by column key, or an array by position';
const CELL_RULE = 'a cell must be a string, a finite number, a boolean or null';

/** How many groups consecutive rows with the same value form; values that are read as the same count apart. */
export function countGroups(rows: readonly unknown[], key: string, position: number): number {
  let groups = 0;
  let last: unknown;
  for (const row of rows) {
    const value = Array.isArray(row) ? row[position] : memberOf(row, key);
    if (groups === 0 || value !== last) groups += 1;
    last = value;
  }
  return groups;
}

function memberOf(row: unknown, key: string): unknown {
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, key)) return undefined;
  return (row as Readonly<Record<string, unknown>>)[key];
}
