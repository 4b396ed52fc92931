import type { Cell } from '../../domain/cells.ts';
import type { TableColumn } from '../table/columns.ts';
import { Total } from '../table/totals.ts';
import type { Warnings } from '../table/warnings.ts';
import { columnLetters, quotedSheet } from './references.ts';

/** Rows of one sheet that a total covers; 1-based, both included. */
interface RowRange {
  readonly sheet: string;
  readonly from: number;
  to: number;
}

/** The totals of a table, and of the group that its rows are in at the moment. */
export class TableTotals {
  /** By column; `undefined` where none was asked for. */
  readonly table: readonly (Total | undefined)[];
  /** As `table`, for the present group; the very same empty list when rows are not grouped. */
  group: readonly (Total | undefined)[];
  /** The position of the column to group by; -1 when rows are not grouped. */
  readonly groupBy: number;
  /** Whether there are totals at all. */
  readonly any: boolean;
  readonly #rows: RowRange[] = [];
  #groupRows: RowRange[] = [];
  #groupKey: Cell | undefined;

  constructor(columns: readonly TableColumn[], groupKey: string | undefined, warnings: Warnings) {
    this.table = columns.map(({ total }) => total && new Total(total));
    this.any = this.table.some((total) => total !== undefined);
    const groupBy = columns.findIndex(({ spec }) => spec.key === groupKey);
    this.groupBy = this.any ? groupBy : -1;
    if (groupBy >= 0 && !this.any) {
      warnings.add('GROUPS_IGNORED', () => 'A table is grouped but has no column with a total.');
    }
    this.group = this.groupBy < 0 ? [] : this.#newGroup();
  }

  /** Rows counted so far; 0 where there are no totals. */
  get rows(): number {
    return this.#rows.reduce((count, { from, to }) => count + to - from + 1, 0);
  }

  /** How many rows must stay free below the data of any sheet, because nobody knows which one is the last. */
  get reserved(): number {
    return (this.any ? 1 : 0) + (this.groupBy >= 0 ? 1 : 0);
  }

  /** Whether a row with this value starts another group than the one before it. */
  startsGroup(key: Cell): boolean {
    return this.#groupRows.length > 0 && key !== this.#groupKey;
  }

  /** Counts a row that was written. */
  addRow(sheet: string, row: number, key: Cell): void {
    if (!this.any) return;
    extend(this.#rows, sheet, row);
    if (this.groupBy < 0) return;
    extend(this.#groupRows, sheet, row);
    this.#groupKey = key;
  }

  /** The key of the present group, `undefined` when no row is in one. */
  get groupKey(): Cell | undefined {
    return this.#groupRows.length > 0 ? this.#groupKey : undefined;
  }

  endGroup(): void {
    this.#groupRows = [];
    this.group = this.#newGroup();
  }

  /** The references of a column's cells in the table or the present group, as a formula on `sheet` writes them. */
  references(of: 'table' | 'group', column: number, sheet: string): string[] {
    const letters = columnLetters(column);
    return (of === 'table' ? this.#rows : this.#groupRows).map((range) => {
      const cells = `${letters}${range.from}:${letters}${range.to}`;
      return range.sheet === sheet ? cells : `${quotedSheet(range.sheet)}!${cells}`;
    });
  }

  #newGroup(): (Total | undefined)[] {
    return this.table.map((total) => total && new Total(total.kind));
  }
}

function extend(ranges: RowRange[], sheet: string, row: number): void {
  const last = ranges[ranges.length - 1];
  if (last !== undefined && last.sheet === sheet) last.to = row;
  else ranges.push({ sheet, from: row, to: row });
}
