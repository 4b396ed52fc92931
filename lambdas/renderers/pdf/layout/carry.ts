import { type CarryWords, carryWords } from '../../table/carry-words.ts';
import type { TableColumn } from '../../table/columns.ts';
import type { PanelPages } from './panel-pages.ts';
import { PresentRow } from './present-row.ts';
import type { SetColumns } from './table-columns.ts';
import type { TableContext } from './table-context.ts';
import type { TableTotals } from './table-totals.ts';

/** Whether a table has totals that run on from page to page: only a sum or a count of what is above says anything. */
export function isCarried({ total }: TableColumn): boolean {
  return total === 'sum' || total === 'count';
}

/** The rows at the foot of a page and at the head of the next that carry the running totals over. */
export class Carry {
  readonly words: CarryWords;
  /** Of one such row, in tenths of a point. */
  readonly height: number;
  readonly #lines: number;
  readonly #row: PresentRow;
  readonly #totals: TableTotals;
  readonly #panels: PanelPages;

  /** @throws `LibraryNeeded` */
  constructor({ columns }: SetColumns, context: TableContext, totals: TableTotals, panels: PanelPages) {
    this.words = carryWords(context.locale);
    this.#totals = totals;
    this.#panels = panels;
    // In a buffer of its own, since it is painted while a row waits for its page.
    const faces = { setter: context.setter.another(), regular: context.regular, bold: context.bold };
    this.#row = new PresentRow(columns, faces, (column, next) => panels.standTogether(column, next));
    // Amounts are never broken, so how high the rows are is known before any is counted.
    const heights = [this.words.forward, this.words.brought].map((word) => {
      this.#row.setTotals(totals.runningTexts(word));
      return this.#row.set.height;
    });
    this.#lines = Math.max(...heights);
    this.height = panels.first.heightOf(this.#lines);
  }

  /** Below the last row of a page. */
  forward(): void {
    this.#paint('carried', this.words.forward);
  }

  /** Below the header of the next. */
  brought(): void {
    this.#paint('brought', this.words.brought);
  }

  #paint(kind: 'carried' | 'brought', word: string): void {
    const texts = this.#totals.runningTexts(word);
    const set = () => this.#row.setTotals(texts);
    set();
    this.#panels.paintRow(this.#row.set, kind, { from: 0, to: this.#lines }, set);
  }
}
