import type { Row } from '../../../domain/rendering.ts';
import type { TableColumn } from '../../table/columns.ts';
import { type GroupKey, Groups } from '../../table/groups.ts';
import type { Warnings } from '../../table/warnings.ts';
import { totalWord } from '../../table/words.ts';
import type { Line } from '../text/line.ts';
import { Carry, isCarried } from './carry.ts';
import { PageRoom } from './page-room.ts';
import { PanelPages } from './panel-pages.ts';
import { PresentRow } from './present-row.ts';
import type { RowKind, RowPainter } from './row-painter.ts';
import { RowSetter } from './row-setter.ts';
import type { SetColumn, SetColumns } from './table-columns.ts';
import type { TableContext } from './table-context.ts';
import { TableTotals } from './table-totals.ts';

/** The group of the present row. */
interface Group {
  readonly key: GroupKey;
  readonly label: string;
  /** Its heading on further pages; `undefined` where it has none. */
  readonly continued: Line | undefined;
}

/** Lines of a row that are still to be painted, from the one that is named. */
interface Rest {
  readonly row: RowSetter;
  readonly kind: RowKind;
  readonly from: number;
  /** Sets the row again when its turn comes in other panels. */
  readonly again: () => void;
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
  readonly #present: PresentRow;
  readonly #head: RowSetter;
  readonly #totals: TableTotals;
  readonly #groups: Groups | undefined;
  /** Of the present row's group. */
  #group: Group | undefined;
  /** `undefined` where nothing is carried over. */
  readonly #carry: Carry | undefined;
  readonly #room: PageRoom;
  #banded = false;
  /** What remains of a row that goes on over several pages. */
  #rest: Rest | undefined;

  /** @throws `LibraryNeeded` */
  constructor(table: readonly TableColumn[], set: SetColumns, context: TableContext) {
    this.#context = context;
    this.#columns = set.columns;
    this.#size = set.size;
    // Set once, in a buffer of its own, since it is painted again while a row waits for its page.
    this.#head = new RowSetter(set.columns, context.setter.another());
    this.#panels = new PanelPages(set, context);
    context.setter.keepLongTexts(this.#panels.isMany);
    this.#painter = this.#panels.first;
    this.#present = new PresentRow(set.columns, context, (column, next) => this.#panels.standTogether(column, next));
    this.#totals = new TableTotals(table);
    this.#groups = Groups.by(context.groupBy, table);
    this.#setHead();
    const { pages } = context;
    const carry =
      context.carryTotals && table.some(isCarried) ? new Carry(set, context, this.#totals, this.#panels) : undefined;
    const room = new PageRoom(pages, this.#painter, this.#head, carry);
    this.#carry = room.isEnough ? carry : undefined;
    this.#room = room.isEnough ? room : new PageRoom(pages, this.#painter, this.#head, undefined);
  }

  /** Whether running totals are carried over from page to page. */
  get carries(): boolean {
    return this.#carry !== undefined;
  }

  /** What it takes to begin, in tenths of a point. */
  get leastHeight(): number {
    return this.#room.least;
  }

  start(): void {
    this.#paint(this.#head, 'header', STAYS_SET);
  }

  /**
   * Paints a row, or as much of it as the page has room for: {@link goOn} paints the rest.
   * @throws `LibraryNeeded`, before anything of the row was painted or counted
   */
  add(row: Row): void {
    this.#present.setData(row);
    if (this.#groups !== undefined) this.#enterGroup(row, this.#groups);
    const again = this.#panels.isMany ? () => this.#present.setData(row) : STAYS_SET;
    this.#begin(this.#present.set, this.#banded ? 'banded' : 'data', again);
    this.#banded = !this.#banded;
    // Not before: what a page carries over is what stands above.
    this.#totals.count(row);
  }

  /** Paints a further page of the row that was added last. @returns whether there was anything to be painted */
  goOn(): boolean {
    if (this.#rest === undefined) return false;
    const { row, kind, from, again } = this.#rest;
    this.#rest = undefined;
    this.#breakPage(again);
    this.#put(row, kind, from, again);
    return true;
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

  /** Closes the group before this row and heads its own, where it is the first of one. */
  #enterGroup(row: Row, groups: Groups): void {
    const cell = row[groups.at];
    const key = groups.keyOf(cell);
    if (key === this.#group?.key) return;
    const label = groups.labelOf(cell);
    const heading = this.#headingOf(label);
    const continued = this.#carry && this.#headingOf(`${label} ${this.#carry.words.continued}`);
    this.#present.forget();
    // Set already: how high it is decides where its group may begin.
    const height = this.#painter.heightOf(this.#present.set.height);
    this.#endGroup();
    this.#beginGroup({ key, label, continued }, height);
    this.#panels.paint((painter) => painter.paintGroup(heading));
    this.#present.setData(row);
  }

  /** @param first the height of the group's first row: a heading does not stand alone at the foot of a page */
  #beginGroup(group: Group, first: number): void {
    const heading = this.#painter.heightOf(1);
    // A row that no page has room for begins wherever there is room for a line.
    const needed = heading + (heading + first <= this.#room.fresh(false) ? first : this.#painter.heightOf(1));
    if (this.#context.pages.y - needed < this.#room.floorFor('data')) this.#breakPage();
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
    this.#present.setTotals(texts);
    this.#paint(this.#present.set, kind, () => this.#present.setTotals(texts));
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

  #headingOf(label: string): Line {
    return this.#context.setter.fitted(label, this.#context.bold, this.#roomOfAll());
  }

  /** @param again sets the row that waits, which the other panels' pages have made forgotten */
  #breakPage(again: () => void = STAYS_SET): void {
    const { pages } = this.#context;
    const carry = this.#totals.rows === 0 ? undefined : this.#carry;
    carry?.forward();
    this.#panels.paint((painter) => painter.rule());
    this.#panels.turn();
    pages.end();
    pages.begin();
    this.#panels.paintRow(this.#head, 'repeated', { from: 0, to: this.#head.height }, STAYS_SET);
    carry?.brought();
    const continued = this.#group?.continued;
    if (continued !== undefined) {
      this.#panels.paint((painter) => painter.paintGroup(continued, true));
    }
    if (this.#panels.isMany) again();
  }

  /** Paints the whole of a row that was set. @param again sets it again when its turn comes in other panels */
  #paint(row: RowSetter, kind: RowKind, again: () => void): void {
    this.#begin(row, kind, again);
    while (this.goOn());
  }

  /** Begins a row that was set, on this page or the next. */
  #begin(row: RowSetter, kind: RowKind, again: () => void): void {
    const { pages } = this.#context;
    const painter = this.#painter;
    const floor = this.#room.floorFor(kind);
    const height = painter.heightOf(row.height);
    if (pages.y - height < floor && kind !== 'header') {
      if (height <= this.#room.fresh(this.#group?.continued !== undefined) || pages.y - painter.heightOf(1) < floor)
        this.#breakPage(again);
    }
    this.#put(row, kind, 0, again);
  }

  /** Paints as many of a row's lines as there is room for, beginning with `from`. */
  #put(row: RowSetter, kind: RowKind, from: number, again: () => void): void {
    const { padding, leading } = this.#painter;
    const room = Math.floor((this.#context.pages.y - this.#room.floorFor(kind) - 2 * padding) / leading);
    const to = kind === 'header' ? row.height : Math.min(row.height, from + Math.max(1, room));
    this.#panels.paintRow(row, kind, { from, to }, again);
    if (to < row.height) this.#rest = { row, kind, from: to, again };
  }
}
