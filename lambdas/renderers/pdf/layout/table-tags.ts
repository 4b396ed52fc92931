import type { Element } from '../file/tags.ts';
import type { Pages } from './pages.ts';

const SCOPE_COLUMN = '/A<</O/Table/Scope/Column>>';

/** The structure of one table: a head, and a body for each page, so that no element grows with the table. */
export class TableTags {
  readonly #pages: Pages;
  readonly #columns: number;
  #table: Element | undefined;
  #section: Element | undefined;
  #sectionRole = 'TBody';
  #sectionPage = 0;

  constructor(pages: Pages, columns: number) {
    this.#pages = pages;
    this.#columns = columns;
  }

  /** Begins a row of the head or of a body, which {@link endRow} ends. */
  beginRow(role: 'THead' | 'TBody'): void {
    const { tags, object } = this.#pages;
    if (tags === undefined) return;
    // Not before the first row: a heading is painted between a table's making and its head.
    this.#table ??= tags.open(tags.document);
    if (this.#section === undefined || this.#sectionRole !== role || this.#sectionPage !== object) {
      this.#endSection();
      this.#section = tags.open(this.#table);
      this.#sectionRole = role;
      this.#sectionPage = object;
    }
    tags.openRow(this.#section, this.#columns);
  }

  endRow(): void {
    this.#pages.tags?.closeRow();
  }

  /** Begins the content of a data cell, which {@link Canvas.endMark} ends. @param order see {@link actualText} */
  beginCell(order: string): void {
    const { tags, canvas } = this.#pages;
    if (order !== '') this.#beginRich('TD', order);
    else if (tags !== undefined) canvas.beginCell(tags.cell(true));
  }

  emptyCell(): void {
    this.#pages.tags?.cell(false);
  }

  beginHeader(order: string): void {
    this.#beginRich('TH', `${SCOPE_COLUMN}${order}`);
  }

  emptyHeader(): void {
    this.#pages.tags?.emptyHeader(SCOPE_COLUMN);
  }

  /** Begins a cell that stands for the rows below it. */
  beginGroup(order: string): void {
    this.#beginRich('TH', `/A<</O/Table/Scope/Row/ColSpan ${this.#columns}>>${order}`);
  }

  finish(): void {
    const { tags } = this.#pages;
    const empty = this.#sectionRole === 'THead';
    this.#endSection();
    if (tags === undefined || this.#table === undefined) return;
    // A table with a head has a body (PDF/UA-1), even one without rows.
    if (empty) tags.close(tags.open(this.#table), 'TBody', this.#table);
    tags.close(this.#table, 'Table', tags.document);
  }

  #beginRich(role: 'TH' | 'TD', attributes: string): void {
    const { tags, canvas } = this.#pages;
    if (tags !== undefined) canvas.beginMark(role, tags.richCell(role, attributes));
  }

  #endSection(): void {
    if (this.#section !== undefined && this.#table !== undefined) {
      this.#pages.tags?.close(this.#section, this.#sectionRole, this.#table);
    }
    this.#section = undefined;
  }
}
