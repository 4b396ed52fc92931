import type { Line } from '../text/line.ts';
import { actualText } from './actual-text.ts';
import type { Pages } from './pages.ts';
import type { Panel } from './panels.ts';
import type { RowSetter } from './row-setter.ts';
import type { SetColumn, SetColumns } from './table-columns.ts';
import type { TableTags } from './table-tags.ts';
import { ACCENT, GROUP_FILL, HEADER_FILL, INK, RULE, ZEBRA_FILL } from './theme.ts';

/**
 * A row's look. `repeated` is the header on a further page, `banded` a darker row of data; `carried` and `brought` are
 * running totals where a page ends.
 */
export type RowKind =
  | 'header'
  | 'repeated'
  | 'data'
  | 'banded'
  | 'group'
  | 'subtotal'
  | 'total'
  | 'carried'
  | 'brought';

/** What is there for the sake of pages alone, and no part of the table to a screen reader. */
const ARTIFACTS: Partial<Record<RowKind, string>> = {
  repeated: '/Type/Pagination/Subtype/Header',
  brought: '/Type/Pagination/Subtype/Header',
  carried: '/Type/Pagination/Subtype/Footer',
};

/** Where a column's text may stand, from the left edge of the rows in 1/1000 em. */
type Edges = readonly [left: number, right: number];

/** Puts rows that were set onto the page, at its present height: band, rules, text and tags. */
export class RowPainter {
  readonly leading: number;
  readonly padding: number;
  readonly #pages: Pages;
  readonly #columns: readonly SetColumn[];
  readonly #size: number;
  readonly #panel: Panel;
  readonly #tags: TableTags;
  readonly #banding: boolean;
  readonly #rightToLeft: boolean;
  readonly #edges: readonly Edges[];
  readonly #left: number;
  readonly #width: number;

  /** @param panel which of the columns this painter paints */
  constructor(
    { columns, size }: SetColumns,
    panel: Panel,
    { pages, banding, rightToLeft }: { pages: Pages; banding: boolean; rightToLeft: boolean },
    tags: TableTags,
  ) {
    this.#panel = panel;
    this.#pages = pages;
    this.#columns = columns;
    this.#size = size;
    this.#tags = tags;
    this.#banding = banding;
    this.#rightToLeft = rightToLeft;
    this.#left = pages.geometry.left;
    this.#width = pages.geometry.right - pages.geometry.left;
    this.#edges = columns.map(({ left, right }) => this.#edgesOf(left, right, size));
    this.leading = Math.round(size * 1.32);
    this.padding = Math.round(size * 0.24);
  }

  heightOf(lines: number): number {
    return lines * this.leading + 2 * this.padding;
  }

  /** Paints the lines of a row from `from` up to `to`. */
  paint(row: RowSetter, kind: RowKind, from: number, to: number): void {
    const { canvas } = this.#pages;
    const panel = this.#panel;
    const height = this.heightOf(to - from);
    this.#band(height, kind);
    canvas.ink(kind === 'header' || kind === 'repeated' ? ACCENT : INK);
    const tagged = this.#pages.tags !== undefined;
    const marked = tagged && ARTIFACTS[kind] === undefined;
    if (tagged) this.#beginRow(kind);
    const y = this.#pages.y - this.#baseline();
    canvas.row(this.#left, y);
    for (let at = 0; at < panel.length; at += 1) {
      const i = panel[at] as number;
      const lines = row.lines[i];
      const filled = lines === undefined ? from === 0 && row.starts[i] !== row.ends[i] : lines.length > from;
      if (marked) this.#beginCell(lines?.slice(from, to), kind, filled);
      if (!filled) continue;
      if (lines === undefined) this.#paintCodes(row, i, tagged);
      else this.#paintLines(lines.slice(from, to), i, this.#sizeOf(row, i), y);
      if (marked) canvas.endMark();
    }
    if (tagged) this.#endRow(kind);
    this.#pages.y -= height;
  }

  /** Paints a row that is a single line over all columns. @param goesOn whether its group began on an earlier page */
  paintGroup(label: Line, goesOn = false): void {
    const { canvas, tags } = this.#pages;
    const height = this.heightOf(1);
    const inset = this.#width / 150;
    const length = (label.width * this.#size) / 1000;
    this.#band(height, 'group');
    canvas.ink(ACCENT);
    if (goesOn) {
      if (tags !== undefined) canvas.beginArtifact(ARTIFACTS.brought);
    } else {
      this.#tags.beginRow('TBody');
      this.#tags.beginGroup(actualText([label]));
    }
    const x = this.#rightToLeft ? this.#left + this.#width - inset - length : this.#left + inset;
    canvas.line(label, this.#size, Math.round(x), this.#pages.y - this.#baseline());
    if (tags !== undefined) canvas.endMark();
    if (!goesOn) this.#tags.endRow();
    this.#pages.y -= height;
  }

  /** The line that closes a table, or a page of it. */
  rule(): void {
    this.#rule(this.#pages.y, 6, RULE);
  }

  #beginRow(kind: RowKind): void {
    const artifact = ARTIFACTS[kind];
    if (artifact !== undefined) this.#pages.canvas.beginArtifact(artifact);
    else this.#tags.beginRow(kind === 'header' ? 'THead' : 'TBody');
  }

  #endRow(kind: RowKind): void {
    if (ARTIFACTS[kind] !== undefined) this.#pages.canvas.endMark();
    else this.#tags.endRow();
  }

  #beginCell(lines: readonly Line[] | undefined, kind: RowKind, filled: boolean): void {
    const tags = this.#tags;
    if (kind === 'header') {
      if (filled) tags.beginHeader(actualText(lines));
      else tags.emptyHeader();
      return;
    }
    if (filled) tags.beginCell(actualText(lines));
    else tags.emptyCell();
  }

  #paintCodes(row: RowSetter, i: number, tagged: boolean): void {
    const { canvas } = this.#pages;
    const width = row.widths[i] as number;
    const size = this.#sizeOf(row, i);
    if (tagged || this.#rightToLeft) canvas.lone(row, i, this.#start(this.#columns[i] as SetColumn, width, size), size);
    else canvas.cell(row, i, this.#startInRow(i, width, size), size);
  }

  #paintLines(lines: readonly Line[], i: number, size: number, y: number): void {
    lines.forEach((line, n) => {
      const x = this.#start(this.#columns[i] as SetColumn, line.width, size);
      this.#pages.canvas.line(line, size, x, y - n * this.leading);
    });
  }

  #sizeOf(row: RowSetter, i: number): number {
    const scale = row.scales[i] as number;
    return scale === 1 ? this.#size : Math.max(1, Math.floor(this.#size * scale));
  }

  #start({ align, left, right }: SetColumn, width: number, size: number): number {
    if (align === 'left') return left;
    const length = (width * size) / 1000;
    return Math.round(align === 'right' ? right - length : (left + right - length) / 2);
  }

  /** The same from the row's left edge, in 1/1000 em. */
  #startInRow(i: number, width: number, size: number): number {
    const { align, left, right } = this.#columns[i] as SetColumn;
    const [from, to] = size === this.#size ? (this.#edges[i] as Edges) : this.#edgesOf(left, right, size);
    if (align === 'left') return from;
    return align === 'right' ? to - width : (from + to - width) >> 1;
  }

  #edgesOf(left: number, right: number, size: number): Edges {
    return [left, right].map((x) => Math.round(((x - this.#left) * 1000) / size)) as [number, number];
  }

  /** From a row's upper edge: capitals stand in the middle of their line. */
  #baseline(): number {
    return this.padding + Math.round((this.leading + 0.714 * this.#size) / 2);
  }

  #band(height: number, kind: RowKind): void {
    const { canvas, y } = this.#pages;
    switch (kind) {
      case 'header':
      case 'repeated':
        this.#fill(height, HEADER_FILL);
        this.#rule(y - height, 10, ACCENT);
        return;
      case 'group':
        this.#fill(height, GROUP_FILL);
        return;
      case 'carried':
      case 'brought':
      case 'subtotal':
        this.#rule(y, 5, RULE);
        this.#rule(y - height, 5, RULE);
        return;
      case 'total':
        this.#fill(height, HEADER_FILL);
        this.#rule(y, 10, ACCENT);
        return;
      case 'data':
      case 'banded':
        if (!this.#banding) this.#rule(y - height, 4, RULE);
        else if (kind === 'banded') canvas.area(this.#left, y - height, this.#width, height, ZEBRA_FILL);
    }
  }

  #fill(height: number, color: string): void {
    this.#pages.canvas.area(this.#left, this.#pages.y - height, this.#width, height, color);
  }

  #rule(y: number, thickness: number, color: string): void {
    this.#pages.canvas.area(this.#left, y, this.#width, thickness, color);
  }
}
