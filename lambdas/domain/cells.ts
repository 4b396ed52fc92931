/**
 * A value in a row: a scalar and nothing else. An object would be worse than wrong: spreadsheet libraries read
 * `{formula}` or `{hyperlink}` objects as live content (see docs/decisions).
 */
export type Cell = string | number | boolean | null;

/** Whether a value parsed from JSON may be in a cell. `1e999` parses to `Infinity`, which no file format has. */
export function isCell(value: unknown): value is Cell {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    default:
      return value === null;
  }
}
