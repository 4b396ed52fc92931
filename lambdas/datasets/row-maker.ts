import type { Cell } from '../domain/cells.ts';
import type { Row } from '../domain/rendering.ts';
import type { BadCells } from './bad-cells.ts';
import { malformed } from './limits.ts';
import type { Batch, Table } from './records.ts';
import type { Value } from './values/readers.ts';

/** Makes the rows of a table from its records. */
export class RowMaker<R> {
  readonly #table: Table<R>;
  readonly #badCells: BadCells;

  constructor(table: Table<R>, badCells: BadCells) {
    this.#table = table;
    this.#badCells = badCells;
  }

  /**
   * @param from the position in the batch of the first record to take
   * @throws PermanentFailure where a record has more values than there are columns, or too many are bad
   */
  rows({ records, lines }: Batch<R>, from: number): Row[] {
    const rows: Row[] = [];
    for (let i = from; i < records.length; i += 1) {
      rows.push(this.#row(this.#table.pick(records[i] as R), lines[i] as number));
    }
    return rows;
  }

  #row(values: readonly unknown[], line: number): Row {
    const { columns, nulls } = this.#table;
    if (values.length > columns.length) {
      throw malformed(`line ${line} has ${values.length} values, the table has ${columns.length} columns.`);
    }
    const row = new Array<Cell>(columns.length);
    for (let c = 0; c < columns.length; c += 1) {
      const value = values[c];
      const isEmpty = value === undefined || value === null || value === '' || nulls.has(value);
      row[c] = isEmpty ? null : this.#cell(value as Value | object, c, line);
    }
    return row;
  }

  #cell(value: Value | object, column: number, line: number): Cell {
    const badCells = this.#badCells;
    badCells.filled[column]! += 1;
    if (typeof value === 'object') {
      const text = JSON.stringify(value);
      badCells.add(line, column, text, 'NOT_A_SCALAR');
      return text;
    }
    const read = this.#table.readers[column];
    if (read === undefined) return value;
    const cell = read(value);
    if (cell !== undefined) return cell;
    badCells.add(line, column, String(value));
    return value;
  }
}
