import type { Row } from '../../../domain/rendering.ts';
import type { TableColumn } from '../../table/columns.ts';
import { type GroupKey, Groups } from '../../table/groups.ts';
import type { Warnings } from '../../table/warnings.ts';
import { totalWord } from '../../table/words.ts';
import { NumberSetter } from '../text/number-setter.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import type { Pages } from './pages.ts';
import { PanelPages } from './panel-pages.ts';
import type { RowKind, RowPainter } from './row-painter.ts';
import { RowSetter } from './row-setter.ts';
import type { SetColumn, SetColumns } from './table-columns.ts';
import { TableTotals } from './table-totals.ts';

/** What painting a table takes besides the table. */
export interface TableContext {
  readonly pages: Pages;
  readonly setter: Typesetter;
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly locale: string;
  readonly rightToLeft: boolean;
  readonly banding: boolean;
  /** A column's key. */
  readonly groupBy: string | undefined;
}

/** Of the header, which has a buffer of its own, and of every row where there is one panel. */
const STAYS_SET = (): void => {};

/** Of a page's body: labels beyond it are cut, since rows must find room below them. */
const LARGEST_HEAD = 0.4;

/**
 * Paints a table row by row. A row is set first, so that its height is known, and painted where it fits: whole on one
 * page, or, where it is taller than a page, in parts between two of its lines. A table in panels is painted page by page:
 * first the first panel's, then the same rows' other columns.
 */
export class TablePainter {
  readonly #context: TableContext;
  readonly #columns: readonly SetColumn[];
  readonly #size: number;
  readonly #panels: PanelPages;
  /** The first panel's. */
  readonly #painter: RowPainter;
  readonly #row: RowSetter;
  readonly #head: RowSetter;
  readonly #totals: TableTotals;
  /** By column, where numbers can be set without being text first. */
  readonly #numbers: readonly (NumberSetter | undefined)[];
  readonly #groups: Groups | undefined;
  /** Of the present row's group. */
  #group: { readonly key: GroupKey; readonly label: string } | undefined;
  #banded = false;

  /** @throws `LibraryNeeded` */
  constructor(table: readonly TableColumn[], set: SetColumns, context: TableContext) {
    this.#context = context;
    this.#columns = set.columns;
    this.#size = set.size;
    this.#row = new RowSetter(set.columns, context.setter);
    // Set once, in a buffer of its own, since it is painted again while a row waits for its page.
    this.#head = new RowSetter(set.columns, context.setter.another());
    this.#panels = new PanelPages(set, context);
    this.#painter = this.#panels.first;
    this.#totals = new TableTotals(table);
    this.#numbers = set.columns.map(({ display }) => NumberSetter.for(display.decimal, context.regular));
    this.#groups = Groups.by(context.groupBy, table);
    this.#setHead();
  }

  /** Room for the header and two rows, so that no header stands alone at the foot of a page. */
  get leastHeight(): number {
    return this.#painter.heightOf(this.#head.height) + this.#painter.heightOf(1) * 2;
  }

  start(): void {
    this.#paint(this.#head, 'header', STAYS_SET);
  }

  /** @throws `LibraryNeeded`, before anything of the row was painted or counted */
  add(row: Row): void {
    this.#setData(row);
    if (this.#groups !== undefined) this.#enterGroup(row, this.#groups);
    this.#totals.count(row);
    this.#paint(
      this.#row,
      this.#banded ? 'banded' : 'data',
      this.#panels.isMany ? () => this.#setData(row) : STAYS_SET,
    );
    this.#banded = !this.#banded;
  }

  finish(): void {
    this.#endGroup();
    if (this.#totals.any) {
      this.#paintTotals(this.#totals.texts(totalWord(this.#context.locale)), 'total');
    } else {
      this.#panels.paint((painter) => painter.rule());
    }
    this.#panels.finish();
  }

  /** Reports what is wrong with the totals, when all rows are in. */
  warn(warnings: Warnings): void {
    this.#totals.warn(warnings);
  }

  #setData(row: Row): void {
    const setter = this.#row;
    const { regular } = this.#context;
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
  }

  /** Closes the group before this row and heads its own, where it is the first of one. */
  #enterGroup(row: Row, groups: Groups): void {
    const cell = row[groups.at];
    const key = groups.keyOf(cell);
    if (key === this.#group?.key) return;
    const label = groups.labelOf(cell);
    const heading = this.#context.setter.fitted(label, this.#context.bold, this.#roomOfAll());
    // Set already: how high it is decides where its group may begin.
    const height = this.#painter.heightOf(this.#row.height);
    this.#endGroup();
    this.#beginGroup({ key, label }, height);
    this.#panels.paint((painter) => painter.paintGroup(heading));
    this.#setData(row);
  }

  /** @param first the height of the group's first row: a heading does not stand alone at the foot of a page */
  #beginGroup(group: { key: GroupKey; label: string }, first: number): void {
    const { y, geometry } = this.#context.pages;
    const heading = this.#painter.heightOf(1);
    const fresh = geometry.top - this.#painter.heightOf(this.#head.height) - geometry.bottom;
    // A row that no page has room for begins wherever there is room for a line.
    const needed = heading + (heading + first <= fresh ? first : this.#painter.heightOf(1));
    if (y - needed < geometry.bottom) this.#breakPage();
    this.#group = group;
    this.#totals.beginGroup();
    this.#banded = false;
  }

  #endGroup(): void {
    if (this.#group === undefined) return;
    if (this.#totals.any) {
      this.#paintTotals(this.#totals.groupTexts(`${totalWord(this.#context.locale)} ${this.#group.label}`), 'subtotal');
    }
    this.#group = undefined;
  }

  #paintTotals(texts: readonly string[], kind: RowKind): void {
    this.#setTotals(texts);
    this.#paint(this.#row, kind, () => this.#setTotals(texts));
  }

  #setTotals(texts: readonly string[]): void {
    this.#row.begin();
    texts.forEach((text, i) => {
      this.#row.setOver(i, this.#reachOf(i, texts), text, this.#context.bold);
    });
  }

  /** Up to which column a text may stand over empty cells, in every panel that its own column is in. */
  #reachOf(column: number, texts: readonly string[]): number {
    let end = column + 1;
    while (end < texts.length && texts[end] === '' && this.#panels.standTogether(column, end)) end += 1;
    return end;
  }

  #setHead(): void {
    this.#head.begin();
    this.#columns.forEach((column, i) => {
      this.#head.set(i, column.label, this.#context.bold);
    });
    const { top, bottom } = this.#context.pages.geometry;
    this.#head.cut(Math.max(1, Math.floor(((top - bottom) * LARGEST_HEAD) / this.#painter.leading)));
  }

  #roomOfAll(): number {
    const { left, right } = this.#context.pages.geometry;
    return ((right - left - 72) / this.#size) * 1000;
  }

  /** @param again sets the row that waits, which the other panels' pages have made forgotten */
  #breakPage(again: () => void = STAYS_SET): void {
    const { pages } = this.#context;
    this.#panels.paint((painter) => painter.rule());
    this.#panels.turn();
    pages.end();
    pages.begin();
    this.#panels.paintRow(this.#head, 'repeated', { from: 0, to: this.#head.height }, STAYS_SET);
    if (this.#panels.isMany) again();
  }

  /** Paints a row that was set, on this page or the next. @param again sets it once more, for the other panels */
  #paint(row: RowSetter, kind: RowKind, again: () => void): void {
    const { pages } = this.#context;
    const painter = this.#painter;
    const { bottom, top } = pages.geometry;
    const height = painter.heightOf(row.height);
    if (pages.y - height < bottom && kind !== 'header') {
      const fresh = top - painter.heightOf(this.#head.height) - bottom;
      if (height <= fresh || pages.y - painter.heightOf(1) < bottom) this.#breakPage(again);
    }
    for (let from = 0; from < row.height; ) {
      const room = Math.max(1, Math.floor((pages.y - bottom - 2 * painter.padding) / painter.leading));
      const to = kind === 'header' ? row.height : Math.min(row.height, from + room);
      this.#panels.paintRow(row, kind, { from, to }, again);
      from = to;
      if (from < row.height) this.#breakPage(again);
    }
  }
}
