import type { Carry } from './carry.ts';
import type { Pages } from './pages.ts';
import type { RowKind, RowPainter } from './row-painter.ts';
import type { RowSetter } from './row-setter.ts';

/** How far a table may go on its pages, in tenths of a point. */
export class PageRoom {
  readonly #pages: Pages;
  readonly #painter: RowPainter;
  readonly #head: RowSetter;
  /** `undefined` where pages carry nothing over. */
  readonly #carry: Carry | undefined;

  constructor(pages: Pages, painter: RowPainter, head: RowSetter, carry: Carry | undefined) {
    this.#pages = pages;
    this.#painter = painter;
    this.#head = head;
    this.#carry = carry;
  }

  /** Of the header and two rows, so that no header stands alone at the foot of a page. */
  get least(): number {
    return this.#headHeight + this.#painter.heightOf(1) * 2 + this.#carryHeight;
  }

  /** What a page that begins with the header has room for. @param continued whether it names a group that goes on */
  fresh(continued: boolean): number {
    const above = this.#headHeight + this.#carryHeight + (continued ? this.#painter.heightOf(1) : 0);
    return this.#pages.geometry.top - above - this.floorFor('data');
  }

  /** How far down a row may reach. Nobody knows which row is the last but one, so each leaves room for what is carried. */
  floorFor(kind: RowKind): number {
    const { bottom } = this.#pages.geometry;
    return kind === 'total' || kind === 'header' ? bottom : bottom + this.#carryHeight;
  }

  /** Whether a page has room for two rows beside what is carried over and the name of a group. */
  get isEnough(): boolean {
    return this.fresh(true) >= 2 * this.#painter.heightOf(1);
  }

  get #headHeight(): number {
    return this.#painter.heightOf(this.#head.height);
  }

  get #carryHeight(): number {
    return this.#carry?.height ?? 0;
  }
}
