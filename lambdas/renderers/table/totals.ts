import type { TableColumn } from './columns.ts';
import type { TotalKind } from './types/definition.ts';
import type { Warnings } from './warnings.ts';

/** What of a column's total is known while rows go by. Values are in the unit of the column's parser. */
export class Total {
  readonly kind: TotalKind;
  #filled = 0;
  #count = 0;
  #asText = 0;
  #sum = 0;
  #lost = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(kind: TotalKind) {
    this.kind = kind;
  }

  /** Adds a cell's value. @param asText whether its cell must hold it as text, so that a formula would pass over it */
  addNumber(value: number, asText = false): void {
    if (asText) this.#asText += 1;
    this.#filled += 1;
    this.#count += 1;
    // Neumaier's sum: a million cents must add up to the cent.
    const sum = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  /** A cell that is neither empty nor a number; `count` counts it. */
  addOther(): void {
    this.#filled += 1;
  }

  /** Filled cells that the total leaves out. */
  get leftOut(): number {
    return this.kind === 'count' ? 0 : this.#filled - this.#count;
  }

  /** Whether a formula over the cells comes to the same. */
  get isFormula(): boolean {
    return this.kind === 'count' || this.#asText === 0;
  }

  /** `undefined` for the average, least or greatest of nothing; not finite where a double cannot hold it. */
  get result(): number | undefined {
    if (this.kind === 'count') return this.#filled;
    const sum = this.#sum + this.#lost;
    if (this.kind === 'sum') return sum;
    if (this.#count === 0) return undefined;
    if (this.kind === 'average') return sum / this.#count;
    return this.kind === 'min' ? this.#min : this.#max;
  }
}

/** What stands in place of a total that a double cannot hold: what a spreadsheet's own formula would show. */
export const TOO_LARGE = '#NUM!';

/** One for each column that has a total. */
export function newTotals(columns: readonly TableColumn[]): (Total | undefined)[] {
  return columns.map(({ total }) => total && new Total(total));
}

/** Reports the totals of a whole table that do not mean what a reader would expect. */
export function warnOfTotals(
  columns: readonly TableColumn[],
  totals: readonly (Total | undefined)[],
  warnings: Warnings,
): void {
  totals.forEach((total, i) => {
    const { where } = columns[i] as TableColumn;
    if (total === undefined) return;
    if (total.leftOut > 0) {
      const cells = total.leftOut === 1 ? '1 cell that holds' : `${total.leftOut} cells that hold`;
      warnings.add('TOTAL_INCOMPLETE', () => `The ${total.kind} of ${where} leaves out ${cells} no value of its type.`);
    }
    if (total.result !== undefined && !Number.isFinite(total.result)) {
      warnings.add('TOTAL_TOO_LARGE', () => `The ${total.kind} of ${where} is too large for a number.`);
    }
  });
}
