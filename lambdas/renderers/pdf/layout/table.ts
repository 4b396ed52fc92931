import type { TableSpec } from '../../../domain/request.ts';
import type { Row } from '../../renderer.ts';
import type { CellParser } from '../../values/parse.ts';
import { Total, totalApplies } from '../../xlsx/totals.ts';
import { totalWord } from '../../xlsx/words.ts';
import type { Element } from '../file/tags.ts';
import type { Line } from '../text/line.ts';
import type { Typeface } from '../text/typeface.ts';
import type { Typesetter } from '../text/typesetter.ts';
import type { Pages } from './pages.ts';
import { RowSetter } from './row-setter.ts';
import { labelOf, type SetColumn, type SetColumns } from './table-columns.ts';
import { ACCENT, GROUP_FILL, HEADER_FILL, INK, RULE, ZEBRA_FILL } from './theme.ts';

/** A table's look, by what a row is. */
type RowKind = 'header' | 'data' | 'group' | 'subtotal' | 'total';

/** What painting a table takes besides the table. */
export interface TableContext {
  readonly pages: Pages;
  readonly setter: Typesetter;
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly locale: string;
  readonly rightToLeft: boolean;
  readonly banding: boolean;
}

/**
 * Paints a table row by row. A row is set first, so that its height is known, and painted where it fits: whole on one
 * page, or, where it is taller than a page, in parts between two of its lines.
 */
export class TablePainter {
  readonly #context: TableContext;
  readonly #columns: readonly SetColumn[];
  readonly #size: number;
  readonly #leading: number;
  readonly #padding: number;
  readonly #row: RowSetter;
  readonly #head: RowSetter;
  readonly #left: number;
  readonly #right: number;
  readonly #totals: (Total | undefined)[];
  #groupTotals: (Total | undefined)[] = [];
  readonly #groupBy: number;
  #groupLabel: string | undefined;
  #banded = false;
  readonly #element: Element | undefined;
  #section: Element | undefined;
  #sectionPage = 0;
  readonly #parent: Element | undefined;

  constructor(table: TableSpec, { columns, size }: SetColumns, context: TableContext) {
    this.#context = context;
    this.#columns = columns;
    this.#size = size;
    this.#leading = Math.round(size * 1.32);
    this.#padding = Math.round(size * 0.22);
    this.#row = new RowSetter(columns, context.setter);
    this.#head = new RowSetter(columns, context.setter);
    const { geometry, tags } = context.pages;
    this.#left = geometry.left;
    this.#right = geometry.right;
    this.#totals = columns.map(({ spec }) => newTotal(spec.total, spec.type));
    this.#groupBy = table.columns.findIndex((column) => column.key === table.groupBy);
    this.#parent = tags?.document;
    this.#element = this.#parent && tags?.open(this.#parent);
  }

  /** Room for the header and a row, so that no header stands alone at the foot of a page. */
  get leastHeight(): number {
    return this.#headHeight() + this.#heightOf(1) * 2;
  }

  start(): void {
    this.#paintHeader(true);
  }

  /** @throws `ShaperNeeded`, before anything of the row was painted or counted */
  add(row: Row): void {
    const text = this.#groupBy < 0 ? undefined : this.#columns[this.#groupBy]?.display.cell(row[this.#groupBy] ?? null);
    const group = text !== this.#groupLabel ? text : undefined;
    this.#setData(row);
    if (group !== undefined) {
      const label = this.#context.setter.fitted(group === '' ? '–' : group, this.#context.bold, this.#roomOfAll());
      this.#endGroup();
      this.#beginGroup(group, label);
      this.#setData(row);
    }
    this.#count(row);
    this.#paint(this.#row, 'data');
    this.#banded = !this.#banded;
  }

  finish(): void {
    this.#endGroup();
    if (this.#totals.some((total) => total !== undefined)) {
      this.#setTotals(this.#totals, totalWord(this.#context.locale));
      this.#paint(this.#row, 'total');
    } else {
      this.#rule(this.#context.pages.y, 6, RULE);
    }
    this.#closeSection();
    const { tags } = this.#context.pages;
    if (tags !== undefined && this.#element !== undefined && this.#parent !== undefined) {
      tags.close(this.#element, 'Table', this.#parent);
    }
  }

  #setData(row: Row): void {
    const setter = this.#row;
    const { regular } = this.#context;
    const columns = this.#columns;
    setter.begin();
    for (let i = 0; i < columns.length; i += 1) {
      const cell = row[i];
      setter.set(i, cell == null ? '' : (columns[i] as SetColumn).display.cell(cell), regular);
    }
  }

  #count(row: Row): void {
    for (let i = 0; i < this.#columns.length; i += 1) {
      const total = this.#totals[i];
      const cell = row[i];
      if (total === undefined || cell == null || cell === '') continue;
      const value = ((this.#columns[i] as SetColumn).parse as CellParser | undefined)?.(cell) ?? Number.NaN;
      for (const sum of [total, this.#groupTotals[i]]) {
        if (Number.isNaN(value)) sum?.addOther();
        else sum?.addNumber(value);
      }
    }
  }

  #beginGroup(text: string, label: Line): void {
    const { pages } = this.#context;
    const height = this.#heightOf(1);
    if (pages.y - 2 * height < pages.geometry.bottom) this.#breakPage();
    this.#groupLabel = text;
    this.#groupTotals = this.#totals.map((total, i) => total && newTotal(total.kind, this.#columns[i]?.spec.type));
    this.#banded = false;
    this.#band(height, 'group');
    const y = pages.y - this.#baseline();
    const x = this.#context.rightToLeft
      ? this.#right - 36 - Math.round((label.width * this.#size) / 1000)
      : this.#left + 36;
    pages.canvas.ink(ACCENT);
    this.#tagged('TH', `/A<</O/Table/Scope/Row/ColSpan ${this.#columns.length}>>`, () =>
      pages.canvas.line(label, this.#size, x, y),
    );
    pages.y -= height;
  }

  #endGroup(): void {
    if (this.#groupLabel === undefined) return;
    if (this.#groupTotals.some((total) => total !== undefined)) {
      this.#setTotals(this.#groupTotals, `${totalWord(this.#context.locale)} ${this.#groupLabel}`);
      this.#paint(this.#row, 'subtotal');
    }
    this.#groupLabel = undefined;
  }

  /** The label stands in the first column without a total of its own. */
  #setTotals(totals: readonly (Total | undefined)[], label: string): void {
    const labelAt = totals.indexOf(undefined);
    this.#row.begin();
    this.#columns.forEach((column, i) => {
      const total = totals[i];
      const text = total === undefined ? (i === labelAt ? label : '') : totalText(total, column);
      this.#row.set(i, text, this.#context.bold);
    });
  }

  #paintHeader(first: boolean): void {
    const { bold, pages } = this.#context;
    this.#head.begin();
    this.#columns.forEach((column, i) => {
      this.#head.set(i, labelOf(column.spec), bold);
    });
    if (first) {
      this.#paint(this.#head, 'header');
    } else {
      if (pages.tags !== undefined) pages.canvas.text.latin1('/Artifact<</Type/Pagination/Subtype/Header>>BDC\n');
      this.#paintLines(this.#head, 'header', 0, this.#head.height, undefined);
      if (pages.tags !== undefined) pages.canvas.text.latin1('EMC\n');
    }
  }

  #headHeight(): number {
    return this.#heightOf(this.#head.height);
  }

  #heightOf(lines: number): number {
    return lines * this.#leading + 2 * this.#padding;
  }

  #roomOfAll(): number {
    return ((this.#right - this.#left - 72) / this.#size) * 1000;
  }

  #breakPage(): void {
    const { pages } = this.#context;
    this.#rule(pages.y, 6, RULE);
    this.#closeSection();
    pages.end();
    pages.begin();
    const { setter } = this.#context;
    // The header is set in a buffer of its own part: the row that waits to be painted keeps its codes.
    const kept = setter.at;
    const codes = setter.codes;
    setter.codes = new Uint8Array(4096);
    this.#paintHeader(false);
    setter.codes = codes;
    setter.at = kept;
  }

  /** Paints a row that was set, on this page or the next. */
  #paint(row: RowSetter, kind: RowKind): void {
    const { pages } = this.#context;
    const { bottom, top } = pages.geometry;
    const height = this.#heightOf(row.height);
    if (pages.y - height < bottom && kind !== 'header') {
      const fresh = top - this.#headHeight() - bottom;
      if (height <= fresh || pages.y - this.#heightOf(1) < bottom) this.#breakPage();
    }
    for (let from = 0; from < row.height; ) {
      const room = Math.max(1, Math.floor((pages.y - bottom - 2 * this.#padding) / this.#leading));
      const to = kind === 'header' ? row.height : Math.min(row.height, from + room);
      this.#paintLines(row, kind, from, to, this.#beginRow(kind));
      from = to;
      if (from < row.height) this.#breakPage();
    }
  }

  #paintLines(row: RowSetter, kind: RowKind, from: number, to: number, element: Element | undefined): void {
    const { canvas, tags } = this.#context.pages;
    const { pages } = this.#context;
    const height = this.#heightOf(to - from);
    this.#band(height, kind);
    canvas.ink(kind === 'header' ? ACCENT : INK);
    const first = pages.y - this.#baseline();
    const columns = this.#columns;
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i] as SetColumn;
      const lines = row.lines[i];
      if (element !== undefined && tags !== undefined) {
        if (lines === undefined ? row.starts[i] === row.ends[i] || from > 0 : lines.length <= from) {
          tags.empty(element, kind === 'header' ? 'TH' : 'TD', kind === 'header' ? '/A<</O/Table/Scope/Column>>' : '');
          continue;
        }
        this.#openCell(kind, element);
      }
      if (lines === undefined) {
        if (from === 0) this.#paintCodes(row, i, column, first);
      } else {
        for (let n = from; n < Math.min(to, lines.length); n += 1) {
          this.#paintLine(lines[n] as Line, column, first - (n - from) * this.#leading);
        }
      }
      if (element !== undefined) canvas.text.latin1('EMC\n');
    }
    if (element !== undefined) this.#endRow(element, kind);
    pages.y -= height;
  }

  #paintCodes(row: RowSetter, i: number, column: SetColumn, y: number): void {
    const start = row.starts[i] as number;
    const end = row.ends[i] as number;
    if (start === end) return;
    const x = this.#start(column, row.widths[i] as number);
    const { canvas } = this.#context.pages;
    canvas.codes(this.#context.setter.codes, start, end, row.subsets[i] as number, this.#size, x, y);
  }

  #paintLine(line: Line, column: SetColumn, y: number): void {
    this.#context.pages.canvas.line(line, this.#size, this.#start(column, line.width), y);
  }

  #start({ align, left, right }: SetColumn, width: number): number {
    if (align === 'left') return left;
    const length = (width * this.#size) / 1000;
    return Math.round(align === 'right' ? right - length : (left + right - length) / 2);
  }

  #baseline(): number {
    return this.#padding + Math.round((this.#leading + 0.714 * this.#size) / 2);
  }

  #band(height: number, kind: RowKind): void {
    const { pages, banding } = this.#context;
    const { canvas } = pages;
    const y = pages.y - height;
    const width = this.#right - this.#left;
    switch (kind) {
      case 'header':
        canvas.area(this.#left, y, width, height, HEADER_FILL);
        canvas.area(this.#left, y, width, 10, ACCENT);
        return;
      case 'group':
        canvas.area(this.#left, y, width, height, GROUP_FILL);
        return;
      case 'subtotal':
        this.#rule(pages.y, 5, RULE);
        this.#rule(y, 5, RULE);
        return;
      case 'total':
        canvas.area(this.#left, y, width, height, HEADER_FILL);
        this.#rule(pages.y, 10, ACCENT);
        return;
      case 'data':
        if (!banding) this.#rule(y, 4, RULE);
        else if (this.#banded) canvas.area(this.#left, y, width, height, ZEBRA_FILL);
    }
  }

  #rule(y: number, thickness: number, color: string): void {
    this.#context.pages.canvas.area(this.#left, y, this.#right - this.#left, thickness, color);
  }

  #beginRow(kind: RowKind): Element | undefined {
    const { tags, object } = this.#context.pages;
    if (tags === undefined || this.#element === undefined) return undefined;
    if (this.#section === undefined || this.#sectionPage !== object) {
      this.#closeSection();
      this.#section = tags.open(this.#element);
      this.#sectionPage = object;
    }
    const row = tags.open(this.#section);
    if (kind === 'header') this.#sectionPage = -1;
    return row;
  }

  #openCell(kind: RowKind, element: Element): void {
    const { tags, canvas } = this.#context.pages;
    const role = kind === 'header' ? 'TH' : 'TD';
    const id = tags?.leaf(element, role, kind === 'header' ? '/A<</O/Table/Scope/Column>>' : '') ?? 0;
    const { text } = canvas;
    text.latin1(role === 'TH' ? '/TH<</MCID ' : '/TD<</MCID ');
    text.reserve(32);
    text.int(id);
    text.latin1('>>BDC\n');
  }

  #endRow(element: Element, kind: RowKind): void {
    const { tags } = this.#context.pages;
    const section = this.#section;
    if (section === undefined) return;
    tags?.close(element, 'TR', section);
    if (kind === 'header' && this.#element !== undefined) {
      tags?.close(section, 'THead', this.#element);
      this.#section = undefined;
    }
  }

  #closeSection(): void {
    const { tags } = this.#context.pages;
    if (this.#section === undefined || this.#element === undefined) return;
    tags?.close(this.#section, 'TBody', this.#element);
    this.#section = undefined;
  }

  /** Paints a row of a single cell. */
  #tagged(role: string, attributes: string, paint: () => void): void {
    const { tags, canvas } = this.#context.pages;
    const row = this.#beginRow('group');
    if (tags === undefined || row === undefined) {
      paint();
      return;
    }
    canvas.text.latin1(`/${role}<</MCID ${tags.leaf(row, role, attributes)}>>BDC\n`);
    paint();
    canvas.text.latin1('EMC\n');
    this.#endRow(row, 'group');
  }
}

function newTotal(kind: Total['kind'] | undefined, type: SetColumn['spec']['type'] | undefined): Total | undefined {
  return kind !== undefined && type !== undefined && totalApplies(kind, type) ? new Total(kind) : undefined;
}

function totalText(total: Total, column: SetColumn): string {
  const { result } = total;
  if (result === undefined) return '';
  return total.kind === 'count' ? String(result) : column.display.value(result);
}
