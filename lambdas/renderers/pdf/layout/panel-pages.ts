import type { Pages } from './pages.ts';
import type { Panel } from './panels.ts';
import { type RowKind, RowPainter } from './row-painter.ts';
import type { RowSetter } from './row-setter.ts';
import type { SetColumns } from './table-columns.ts';
import { TableTags } from './table-tags.ts';

interface PanelPainter {
  readonly painter: RowPainter;
  readonly tags: TableTags;
}

/** Lines of a row. */
export interface RowPart {
  readonly from: number;
  readonly to: number;
}

/** Something to be painted in each panel. */
type Step = (painter: RowPainter) => void;

/**
 * The pages of a table's panels. What is painted goes onto the first panel's page at once, and is kept; when that page is
 * full, it is painted once more on a page of each other panel.
 */
export class PanelPages {
  readonly first: RowPainter;
  readonly #pages: Pages;
  readonly #panels: readonly Panel[];
  readonly #painters: readonly PanelPainter[];
  #steps: Step[] = [];

  constructor(set: SetColumns, context: { pages: Pages; banding: boolean; rightToLeft: boolean }) {
    this.#pages = context.pages;
    this.#panels = set.panels;
    this.#painters = set.panels.map((panel) => {
      const tags = new TableTags(context.pages, panel.length);
      return { painter: new RowPainter(set, panel, context, tags), tags };
    });
    this.first = (this.#painters[0] as PanelPainter).painter;
  }

  get isMany(): boolean {
    return this.#painters.length > 1;
  }

  /** Whether a column that follows another does so in every panel that has the first. */
  standTogether(column: number, next: number): boolean {
    return this.#panels.every((panel) => !panel.includes(column) || panel.includes(next));
  }

  paint(step: Step): void {
    step(this.first);
    if (this.isMany) this.#steps.push(step);
  }

  /** Paints the lines of a row up to `to`. @param again sets the row once more, when its turn comes in other panels */
  paintRow(row: RowSetter, kind: RowKind, { from, to }: RowPart, again: () => void): void {
    this.first.paint(row, kind, from, to);
    if (!this.isMany) return;
    this.#steps.push((painter) => {
      again();
      painter.paint(row, kind, from, to);
    });
  }

  /** Paints on a page of each further panel what stands on the first one's. */
  turn(): void {
    const steps = this.#steps;
    this.#steps = [];
    for (const { painter } of this.#painters.slice(1)) {
      this.#pages.end();
      this.#pages.begin();
      for (const step of steps) step(painter);
    }
  }

  finish(): void {
    this.turn();
    for (const { tags } of this.#painters) tags.finish();
  }
}
