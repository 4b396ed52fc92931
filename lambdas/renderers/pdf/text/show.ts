import { Bytes } from '../bytes.ts';
import type { Line, Segment } from './line.ts';
import { ADVANCE_SHIFT, CODE_MASK, SUBSET_MASK } from './typeface.ts';

/** Writes glyphs one after another as `TJ` arrays, with the moves between them that a font's widths do not make. */
export class ShowWriter {
  readonly #segments: Segment[] = [];
  readonly #out = new Bytes(256);
  #subset = 0;
  #open = false;
  #width = 0;
  /** Still to be moved before the next glyph. */
  #gap = 0;

  /** @param advance in 1/1000 em; kerning makes it another than the font's own */
  glyph(slot: number, advance = slot >>> ADVANCE_SHIFT): void {
    const subset = (slot & SUBSET_MASK) >> 8;
    if (subset !== this.#subset) this.#close(subset);
    this.#move();
    this.#out.reserve(8);
    if (!this.#open) this.#out.latin1('(');
    this.#open = true;
    this.#out.byte(slot & CODE_MASK);
    this.#gap = advance - (slot >>> ADVANCE_SHIFT);
    this.#width += advance;
  }

  finish(): Pick<Line, 'width' | 'segments'> {
    this.#close(0);
    return { width: this.#width, segments: this.#segments };
  }

  #move(): void {
    const gap = Math.round(this.#gap);
    if (gap === 0) return;
    if (this.#open) this.#out.latin1(')');
    this.#open = false;
    this.#out.latin1(String(-gap));
    this.#gap = 0;
  }

  #close(next: number): void {
    if (this.#out.length > 0) {
      const array = Buffer.from(this.#out.view()).toString('latin1');
      this.#segments.push({
        subset: this.#subset,
        show: Buffer.from(`[${array}${this.#open ? ')' : ''}]TJ`, 'latin1'),
      });
    }
    this.#out.clear();
    this.#open = false;
    this.#subset = next;
  }
}
