import type { Line } from './line.ts';
import type { Typeface } from './typeface.ts';

/** Wrapping a shorter text takes no longer than finding it here. */
const SHORTEST = 1000;
/** Two cells of the longest kind, in a column of one character. */
const MOST_LINES = 250_000;

interface Wrapped {
  readonly typeface: Typeface;
  readonly room: number;
  readonly lines: Line[];
}

/**
 * Long texts as they were wrapped last. In a table of panels, what stands on a page is set again for each panel: a cell of
 * a hundred thousand lines would be wrapped a dozen times on the page where it ends and another begins.
 */
export class LongTexts {
  readonly #texts = new Map<string, Wrapped>();
  #lines = 0;

  /** The lines of a text, wrapped by `wrap` where they are not known. They are shared: nobody may change them. */
  of(text: string, typeface: Typeface, room: number, wrap: () => Line[]): Line[] {
    if (text.length < SHORTEST) return wrap();
    const known = this.#texts.get(text);
    if (known?.typeface === typeface && known.room === room) return known.lines;
    const lines = wrap();
    this.#forget(text);
    this.#texts.set(text, { typeface, room, lines });
    this.#lines += lines.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#lines <= MOST_LINES || oldest === text) break;
      this.#forget(oldest);
    }
    return lines;
  }

  #forget(text: string): void {
    this.#lines -= this.#texts.get(text)?.lines.length ?? 0;
    this.#texts.delete(text);
  }
}
