import type { Cell } from '../../domain/cells.ts';
import type { TableColumn } from '../table/columns.ts';
import { type GroupKey, Groups } from '../table/groups.ts';
import { newTotals, type Total, warnOfTotals } from '../table/totals.ts';
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
  /** `undefined` when rows are not grouped. */
  readonly groups: Groups | undefined;
  /** Whether there are totals at all. */
  readonly any: boolean;
  readonly columns: readonly TableColumn[];
  readonly #rows: RowRange[] = [];
  #groupRows: RowRange[] = [];
  #groupKey: GroupKey = '';
  #groupCell: Cell | undefined;

  constructor(columns: readonly TableColumn[], groupKey: string | undefined) {
    this.columns = columns;
    this.table = newTotals(columns);
    this.any = this.table.some((total) => total !== undefined);
    this.groups = Groups.by(groupKey, columns);
    this.group = this.groups === undefined ? [] : newTotals(columns);
  }

  /** How many rows must stay free below the data of any sheet, because nobody knows which one is the last. */
  get reserved(): number {
    return (this.any ? 1 : 0) + (this.groups === undefined ? 0 : 1);
  }

  /** Whether a row starts another group than the one before it. @param cell of the column to group by */
  startsGroup(cell: Cell | undefined): boolean {
    return this.inGroup && this.groups?.keyOf(cell) !== this.#groupKey;
  }

  /** Counts a row that is to be written. @param cell of the column to group by */
  addRow(sheet: string, row: number, cell: Cell | undefined): void {
    if (this.any) extend(this.#rows, sheet, row);
    if (this.groups === undefined) return;
    if (!this.inGroup) {
      this.#groupKey = this.groups.keyOf(cell);
      this.#groupCell = cell;
    }
    extend(this.#groupRows, sheet, row);
  }

  /** Whether a group has begun and not ended. */
  get inGroup(): boolean {
    return this.#groupRows.length > 0;
  }

  /** The cell by which the present group began. */
  get groupCell(): Cell | undefined {
    return this.#groupCell;
  }

  endGroup(): void {
    this.#groupRows = [];
    this.group = newTotals(this.columns);
  }

  /** Reports what is wrong with the totals of the table, when all of it is counted. */
  warn(warnings: Warnings): void {
    warnOfTotals(this.columns, this.table, warnings);
    this.table.forEach((total, i) => {
      if (total === undefined || total.isFormula) return;
      const { where } = this.columns[i] as TableColumn;
      warnings.add(
        'TOTAL_WITHOUT_FORMULA',
        () =>
          `The ${total.kind} of ${where} was written as a value: a formula would skip the cells that are kept as text.`,
      );
    });
  }

  /** The references of a column's cells in the table or the present group, as a formula on `sheet` writes them. */
  references(of: 'table' | 'group', column: number, sheet: string): string[] {
    const letters = columnLetters(column);
    return (of === 'table' ? this.#rows : this.#groupRows).map((range) => {
      const cells = `${letters}${range.from}:${letters}${range.to}`;
      return range.sheet === sheet ? cells : `${quotedSheet(range.sheet)}!${cells}`;
    });
  }
}

function extend(ranges: RowRange[], sheet: string, row: number): void {
  const last = ranges[ranges.length - 1];
  if (last !== undefined && last.sheet === sheet) last.to = row;
  else ranges.push({ sheet, from: row, to: row });
}
