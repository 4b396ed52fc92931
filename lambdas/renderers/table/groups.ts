import type { Cell } from '../../domain/cells.ts';
import type { CellParser } from '../values/parse.ts';
import { cleanText } from '../values/text.ts';
import type { TableColumn } from './columns.ts';

/** What rows of one group have in common: a value as the column's parser reads it, or a text. */
export type GroupKey = number | string;

/** The name of the group whose cells are empty. */
export const EMPTY_GROUP = '–';

/**
 * Reads the cells that rows are grouped by. Cells of the same value are of one group, however each was written: `true`
 * and `"yes"`, a day and its midnight, nothing and an empty text.
 */
export class Groups {
  /** The position of the column. */
  readonly at: number;
  readonly column: TableColumn;
  readonly #parse: CellParser | undefined;

  private constructor(columns: readonly TableColumn[], at: number) {
    this.at = at;
    this.column = columns[at] as TableColumn;
    this.#parse = this.column.parser();
  }

  /** @param key of the column to group by; `undefined` is given back where there is none */
  static by(key: string | undefined, columns: readonly TableColumn[]): Groups | undefined {
    const at = columns.findIndex(({ spec }) => spec.key === key);
    return at < 0 ? undefined : new Groups(columns, at);
  }

  keyOf(cell: Cell | undefined): GroupKey {
    if (cell === null || cell === undefined) return '';
    const value = this.#parse?.(cell) ?? Number.NaN;
    return Number.isNaN(value) ? cleanText(String(cell)) : value;
  }

  /** The group's name: what its first cell shows. */
  labelOf(cell: Cell | undefined): string {
    return this.column.display.cell(cell ?? null) || EMPTY_GROUP;
  }
}
