import { type Cell, isCell } from '../../domain/cells.ts';
import type { Column } from '../../domain/request.ts';
import { inferColumns } from '../infer-columns.ts';
import { overLimit } from '../limits.ts';
import type { Shape } from '../records.ts';
import type { ReadingRules } from '../values/readers.ts';

/** A row of JSON: an object by column key, or an array by position. */
export type JsonRecord = { readonly [key: string]: unknown } | readonly unknown[];

/** Says which member belongs to which column. Members that no column asks for are left out. */
export function jsonShape(
  sample: readonly JsonRecord[],
  columns: readonly Column[] | undefined,
  rules: ReadingRules,
  maxColumns: number,
): Shape<JsonRecord> {
  if (columns !== undefined) return { columns, pick: byColumns(columns.map(({ key }) => key)) };
  const names = new Set<string>();
  let positions = 0;
  for (const record of sample) {
    if (Array.isArray(record)) positions = Math.max(positions, record.length);
    else for (const name of Object.keys(record)) names.add(name);
  }
  const keys = [...names];
  const pick = byColumns(keys);
  const count = Math.max(keys.length, positions);
  if (count > maxColumns) throw overLimit(`The first rows have ${count} members; at most ${maxColumns} are read.`);
  const values = sample.map(pick);
  const samples = Array.from({ length: count }, (_, c) => ({
    name: keys[c],
    cells: values.map((row) => cellOf(row[c])),
  }));
  return { columns: inferColumns(samples, rules), pick };
}

function byColumns(keys: readonly string[]): (record: JsonRecord) => readonly unknown[] {
  return (record) => {
    if (Array.isArray(record)) return record;
    const members = record as { readonly [key: string]: unknown };
    return keys.map((key) => (Object.hasOwn(members, key) ? members[key] : null));
  };
}

/** An object or an array counts as some text. */
function cellOf(value: unknown): Cell {
  if (value === undefined) return null;
  return isCell(value) ? value : '{}';
}
