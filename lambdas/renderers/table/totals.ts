import type { TotalKind } from './types/definition.ts';

/**
 * The functions of `SUBTOTAL`, which leaves other subtotals in its range out, so that a grand total over groups counts
 * nothing twice, and follows the filter that a reader sets.
 */
const SUBTOTAL: Record<TotalKind, number> = { average: 1, count: 3, max: 4, min: 5, sum: 9 };

/** What of a column's total is known while rows go by: the formula's result, stored next to it. */
export class Total {
  readonly kind: TotalKind;
  #filled = 0;
  #count = 0;
  #sum = 0;
  #lost = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(kind: TotalKind) {
    this.kind = kind;
  }

  /** @param value in the unit of the cell: days for dates and durations */
  addNumber(value: number): void {
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

  /** `undefined` where a formula would show an error: the average, least or greatest of nothing. */
  get result(): number | undefined {
    if (this.kind === 'count') return this.#filled;
    const sum = this.#sum + this.#lost;
    if (this.kind === 'sum') return sum;
    if (this.#count === 0) return undefined;
    if (this.kind === 'average') return sum / this.#count;
    return this.kind === 'min' ? this.#min : this.#max;
  }

  /** @param ranges as references, such as `C5:C900` or `'Orders'!C5:C1048575` */
  formula(ranges: readonly string[]): string {
    return `SUBTOTAL(${SUBTOTAL[this.kind]},${ranges.join(',')})`;
  }
}
