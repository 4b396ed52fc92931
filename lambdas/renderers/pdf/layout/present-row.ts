import type { Row } from '../../../domain/rendering.ts';
import { NumberSetter } from '../text/number-setter.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import { RowSetter } from './row-setter.ts';
import type { SetColumn } from './table-columns.ts';

interface Faces {
  readonly setter: Typesetter;
  readonly regular: Typeface;
  readonly bold: Typeface;
}

/** The row that is being painted: of cells, or of totals. A row of ten thousand lines goes over a thousand pages, and is set once. */
export class PresentRow {
  readonly set: RowSetter;
  readonly #columns: readonly SetColumn[];
  readonly #faces: Faces;
  /** By column, where numbers can be set without being text first. */
  readonly #numbers: readonly (NumberSetter | undefined)[];
  /** Whether a column that follows another stands beside it wherever that one does. */
  readonly #standTogether: (column: number, next: number) => boolean;
  /** What is set at present. */
  #held: readonly unknown[] | undefined;

  constructor(columns: readonly SetColumn[], faces: Faces, standTogether: (column: number, next: number) => boolean) {
    this.set = new RowSetter(columns, faces.setter);
    this.#columns = columns;
    this.#faces = faces;
    this.#numbers = columns.map(({ display }) => NumberSetter.for(display.decimal, faces.regular));
    this.#standTogether = standTogether;
  }

  /** To be called where something else was set by the same typesetter. */
  forget(): void {
    this.#held = undefined;
  }

  /** @throws `LibraryNeeded` */
  setData(row: Row): void {
    if (this.#held === row) return;
    this.#held = undefined;
    const setter = this.set;
    const { regular } = this.#faces;
    const columns = this.#columns;
    setter.begin();
    for (let i = 0; i < columns.length; i += 1) {
      const cell = row[i];
      const { display } = columns[i] as SetColumn;
      if (typeof cell === 'string' && display.verbatim) {
        // What would have to be cleaned is no row of codes, and is cleaned where it is set otherwise.
        setter.set(i, cell, regular);
        continue;
      }
      const numbers = this.#numbers[i];
      if (numbers !== undefined && typeof cell === 'number' && setter.setNumber(i, cell, numbers)) continue;
      setter.set(i, cell == null ? '' : display.cell(cell), regular);
    }
    this.#held = row;
  }

  /** Each text may stand over the empty cells behind it. @throws `LibraryNeeded` */
  setTotals(texts: readonly string[]): void {
    if (this.#held === texts) return;
    this.#held = undefined;
    this.set.begin();
    texts.forEach((text, i) => {
      this.set.setOver(i, this.#reachOf(i, texts), text, this.#faces.bold);
    });
    this.#held = texts;
  }

  /** Up to which column a text may stand over empty cells, in every panel that its own column is in. */
  #reachOf(column: number, texts: readonly string[]): number {
    let end = column + 1;
    while (end < texts.length && texts[end] === '' && this.#standTogether(column, end)) end += 1;
    return end;
  }
}
