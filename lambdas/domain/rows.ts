import { isCell } from './cells.ts';

/** Where in the rows something is wrong, and what. */
export interface RowIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** More would only make the answer long: the client mends the first ones and sees the next. */
const MAX_ISSUES = 20;

/**
 * Checks inline rows by hand instead of by schema: a request carries up to megabytes of them, and a schema library
 * would copy every row. Rows are objects by column key, or arrays by position.
 */
export function checkRows(rows: readonly unknown[], keys: ReadonlySet<string>, columns: number): RowIssue[] {
  const issues: RowIssue[] = [];
  for (let i = 0; i < rows.length && issues.length < MAX_ISSUES; i += 1) {
    const row = rows[i];
    if (Array.isArray(row)) checkArray(row, i, columns, issues);
    else if (typeof row === 'object' && row !== null) checkObject(row, i, keys, issues);
    else issues.push({ path: [i], message: 'a row must be an object by column key, or an array by position' });
  }
  return issues;
}

function checkArray(row: readonly unknown[], index: number, columns: number, issues: RowIssue[]): void {
  if (row.length > columns) {
    issues.push({ path: [index], message: `has ${row.length} cells, but the table has ${columns} columns` });
  }
  row.forEach((cell, position) => {
    if (!isCell(cell)) issues.push({ path: [index, position], message: CELL_RULE });
  });
}

function checkObject(row: object, index: number, keys: ReadonlySet<string>, issues: RowIssue[]): void {
  for (const [key, cell] of Object.entries(row)) {
    if (!keys.has(key)) issues.push({ path: [index, key], message: `"${key}" is not the key of a column` });
    else if (!isCell(cell)) issues.push({ path: [index, key], message: CELL_RULE });
  }
}

const CELL_RULE = 'a cell must be a string, a finite number, a boolean or null';
