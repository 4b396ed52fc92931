import type { Row } from '../../../domain/rendering.ts';
import { type TableColumn, totalLabelColumn } from '../../table/columns.ts';
import { Total } from '../../table/totals.ts';
import type { ValueDisplay } from '../../values/decimal-display.ts';
import type { CellParser } from '../../values/parse.ts';

/** The totals of a table, and of the group of rows that is going by. */
export class TableTotals {
  readonly any: boolean;
  readonly #columns: readonly TableColumn[];
  readonly #table: readonly (Total | undefined)[];
  #group: readonly (Total | undefined)[] = [];
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

  #textsOf(totals: readonly (Total | undefined)[], label: string): string[] {
    const labelAt = totalLabelColumn(this.#columns);
    return totals.map((total, i) => {
      if (total === undefined) return i === labelAt ? label : '';
      return total.result === undefined ? '' : (this.#displays[i]?.(total.result) ?? '');
    });
  }
}

function newTotals(columns: readonly TableColumn[]): (Total | undefined)[] {
  return columns.map(({ total }) => total && new Total(total));
}

function addTo(total: Total | undefined, value: number): void {
  if (Number.isNaN(value)) total?.addOther();
  else total?.addNumber(value);
}
