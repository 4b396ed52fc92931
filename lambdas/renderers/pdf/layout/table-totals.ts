import type { Row } from '../../../domain/rendering.ts';
import { type TableColumn, totalLabelColumn } from '../../table/columns.ts';
import { newTotals, TOO_LARGE, type Total, warnOfTotals } from '../../table/totals.ts';
import type { Warnings } from '../../table/warnings.ts';
import type { ValueDisplay } from '../../values/decimal-display.ts';
import type { CellParser } from '../../values/parse.ts';
import { isCarried } from './carry.ts';

/** The totals of a table, and of the group of rows that is going by. */
export class TableTotals {
  readonly any: boolean;
  readonly #columns: readonly TableColumn[];
  readonly #table: readonly (Total | undefined)[];
  #group: readonly (Total | undefined)[] = [];
  #rows = 0;
  /** By column; `undefined` where it has no total, or where its cells are text. */
  readonly #parsers: readonly (CellParser | undefined)[];
  readonly #displays: readonly (ValueDisplay | undefined)[];

  constructor(columns: readonly TableColumn[]) {
    this.#columns = columns;
    this.#table = newTotals(columns);
    this.any = this.#table.some((total) => total !== undefined);
    this.#parsers = columns.map((column) => (column.total === undefined ? undefined : column.parser()));
    this.#displays = columns.map((column) => (column.total === undefined ? undefined : column.totalDisplay));
  }

  beginGroup(): void {
    this.#group = newTotals(this.#columns);
  }

  count(row: Row): void {
    if (!this.any) return;
    this.#rows += 1;
    for (let i = 0; i < this.#table.length; i += 1) {
      const total = this.#table[i];
      const cell = row[i];
      if (total === undefined || cell == null || cell === '') continue;
      const value = this.#parsers[i]?.(cell) ?? Number.NaN;
      addTo(total, value);
      addTo(this.#group[i], value);
    }
  }

  texts(label: string): string[] {
    return this.#textsOf(this.#table, label);
  }

  groupTexts(label: string): string[] {
    return this.#textsOf(this.#group, label);
  }

  /** How many rows were counted. */
  get rows(): number {
    return this.#rows;
  }

  /** What sums and counts have come to so far. */
  runningTexts(label: string): string[] {
    const running = this.#table.map((total, i) => (isCarried(this.#columns[i] as TableColumn) ? total : undefined));
    const free = totalLabelColumn(this.#columns);
    return this.#textsOf(running, label, free < 0 ? running.indexOf(undefined) : free);
  }

  /** Reports what is wrong with the totals of the table, when all of it is counted. */
  warn(warnings: Warnings): void {
    warnOfTotals(this.#columns, this.#table, warnings);
  }

  #textsOf(totals: readonly (Total | undefined)[], label: string, labelAt = totalLabelColumn(this.#columns)): string[] {
    return totals.map((total, i) => {
      const result = total?.result;
      if (total === undefined) return i === labelAt ? label : '';
      if (result === undefined) return '';
      return Number.isFinite(result) ? (this.#displays[i]?.(result) ?? '') : TOO_LARGE;
    });
  }
}

function addTo(total: Total | undefined, value: number): void {
  if (Number.isNaN(value)) total?.addOther();
  else total?.addNumber(value);
}
