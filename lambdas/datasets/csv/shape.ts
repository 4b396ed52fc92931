import { PermanentFailure } from '../../domain/failures.ts';
import type { Column } from '../../domain/request.ts';
import { positionOf } from '../columns.ts';
import { inferColumns } from '../infer-columns.ts';
import type { Shape } from '../records.ts';
import type { ReadingRules } from '../values/readers.ts';

/** A CSV record, as strings. */
export type CsvRecord = readonly string[];

/**
 * Says which field belongs to which column: by the header, where a name is a column's label or key, or by position.
 * Fields that no column asks for are left out.
 * @throws PermanentFailure `DATASET_COLUMNS` where a column is not there, or there twice
 */
export function csvShape(
  header: CsvRecord | undefined,
  sample: readonly CsvRecord[],
  columns: readonly Column[] | undefined,
  rules: ReadingRules,
): Shape<CsvRecord> {
  if (columns === undefined) {
    const fields = header?.length ?? sample[0]?.length ?? 0;
    const samples = Array.from({ length: fields }, (_, c) => ({
      name: header?.[c],
      cells: sample.map((record) => (record[c] === undefined || record[c] === '' ? null : record[c])),
    }));
    return { columns: inferColumns(samples, rules), pick: (record) => record };
  }
  if (header === undefined) return { columns, pick: byPosition(columns, sample[0]?.length) };
  const positions = columns.map((column) => positionOf(column, header, 'header'));
  const isIdentity = positions.length === header.length && positions.every((position, c) => position === c);
  return { columns, pick: isIdentity ? (record) => record : (record) => positions.map((p) => record[p] as string) };
}

function byPosition(columns: readonly Column[], fields: number | undefined): (record: CsvRecord) => CsvRecord {
  if (fields !== undefined && fields !== columns.length) {
    throw new PermanentFailure(
      'DATASET_COLUMNS',
      `The first record has ${fields} fields, but the table has ${columns.length} columns.`,
    );
  }
  return (record) => record;
}
