import type { Row } from '../../../domain/rendering.ts';
import { Total, totalApplies } from '../../table/totals.ts';
import type { SetColumn } from './table-columns.ts';

/** The totals of a table, and of the group of rows that is going by. */
export class TableTotals {
  readonly #columns: readonly SetColumn[];
  readonly #table: readonly (Total | undefined)[];
  #group: readonly (Total | undefined)[] = [];

  constructor(columns: readonly SetColumn[]) {
    this.#columns = columns;
    this.#table = newTotals(columns);
  }

  get any(): boolean {
    return this.#table.some((total) => total !== undefined);
  }

  beginGroup(): void {
    this.#group = newTotals(this.#columns);
  }

  count(row: Row): void {
    for (let i = 0; i < this.#table.length; i += 1) {
      const total = this.#table[i];
      const cell = row[i];
      if (total === undefined || cell == null || cell === '') continue;
      const value = this.#columns[i]?.parse?.(cell) ?? Number.NaN;
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

  /** The label stands in the first column without a total of its own. */
  #textsOf(totals: readonly (Total | undefined)[], label: string): string[] {
    const labelAt = totals.indexOf(undefined);
    return totals.map((total, i) => {
      if (total === undefined) return i === labelAt ? label : '';
      return textOf(total, this.#columns[i] as SetColumn);
    });
  }
}

function newTotals(columns: readonly SetColumn[]): (Total | undefined)[] {
  return columns.map(({ spec: { total, type } }) =>
    total !== undefined && totalApplies(total, type) ? new Total(total) : undefined,
  );
}

function addTo(total: Total | undefined, value: number): void {
  if (Number.isNaN(value)) total?.addOther();
  else total?.addNumber(value);
}

function textOf(total: Total, column: SetColumn): string {
  const { result } = total;
  if (result === undefined) return '';
  return total.kind === 'count' ? String(result) : column.display.value(result);
}
