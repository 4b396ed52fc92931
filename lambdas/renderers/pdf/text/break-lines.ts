import type LineBreaker from 'linebreak';
import { LateLibrary } from '../late-library.ts';
import { words } from './graphemes.ts';

/** UAX #14, whose tables take as long to unpack as a page takes to be made. */
const library = new LateLibrary<typeof LineBreaker>(async () => (await import('linebreak')).default);

/** Letters, digits and spaces, and the two signs that may stand inside of such words. */
const NOT_PLAIN =
  /[^A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0388-\u03f5\u0400-\u0481\u048a-\u052f,. ]|(?:^|[ ])[,.]|^ /;

/** Scripts that write no spaces between words: UAX #14 leaves them to a dictionary, and ICU has one. */
const DICTIONARY = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;

/** A web address alone: broken at every slash it would stand on many short lines. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i;

/** Shown as a hyphen where a line ends with it, and nowhere else. */
export const SOFT_HYPHEN = '\u00ad';

/** Where a text may be cut if it must be: ends of its smallest parts, and how wide each of them is. */
export interface Cuts {
  readonly ends: ArrayLike<number>;
  readonly widths: ArrayLike<number>;
}

/** Measures stretches of one text, in the unit of the room that lines have. */
export interface Ruler {
  readonly hyphen: number;
  /** Of a stretch for itself. Those that lie side by side add up. */
  width(start: number, end: number): number;
  cuts(start: number, end: number): Cuts;
  /** Where widths do not quite add up: whether the stretch has room as a line. */
  fits?(start: number, end: number): boolean;
}

/** A line: from where to where it is shown, and where the next begins. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** How often a line that turns out too wide is made shorter by a piece. */
const CORRECTIONS = 8;

/**
 * Breaks a text at the places that UAX #14 allows, and inside a word only where the word alone is wider than `room`.
 * Every part is measured a bounded number of times, whatever the text.
 * @throws `LibraryNeeded`
 */
export function breakLines(text: string, room: number, ruler: Ruler): Stretch[] {
  return new Breaker(text, room, ruler).lines();
}

class Breaker {
  readonly #text: string;
  readonly #room: number;
  readonly #ruler: Ruler;
  /** Where pieces end. */
  readonly #ends: number[] = [];
  readonly #lines: Stretch[] = [];

  constructor(text: string, room: number, ruler: Ruler) {
    this.#text = text;
    this.#room = room;
    this.#ruler = ruler;
    let at = 0;
    for (const piece of pieces(text)) {
      at += piece.length;
      this.#ends.push(at);
    }
  }

  lines(): Stretch[] {
    let start = 0;
    for (let piece = 0; piece < this.#ends.length; ) {
      if (start === this.#ends[piece]) {
        piece += 1;
        continue;
      }
      const last = this.#lastOfLine(piece, start);
      if (last < piece) {
        start = this.#cut(start, this.#ends[piece] as number);
        continue;
      }
      const end = this.#ends[last] as number;
      this.#push(start, this.#trimmed(start, end), end);
      start = end;
      piece = last + 1;
    }
    if (this.#lines.length === 0) this.#push(0, 0, 0);
    return this.#lines;
  }

  /** The last piece that has room on a line from `start`, which lies in piece `first`. */
  #lastOfLine(first: number, start: number): number {
    const ends = this.#ends;
    let last = first - 1;
    let width = 0;
    for (let piece = first; piece < ends.length; piece += 1) {
      const from = piece === first ? start : (ends[piece - 1] as number);
      const end = ends[piece] as number;
      const trimmed = this.#trimmed(from, end);
      width += this.#ruler.width(from, trimmed);
      if (width > this.#room) break;
      if (last < first || width + this.#hyphenAt(end) <= this.#room) last = piece;
      if (trimmed < end) width += this.#ruler.width(trimmed, end);
    }
    for (let i = 0; i < CORRECTIONS && last >= first; i += 1) {
      if (this.#fits(start, this.#trimmed(start, ends[last] as number))) return last;
      last -= 1;
    }
    return last;
  }

  /** Cuts a word that is wider than a line. @returns where its last part begins, which may have company on its line */
  #cut(start: number, end: number): number {
    const { ends, widths } = this.#ruler.cuts(start, this.#trimmed(start, end));
    let from = start;
    let width = 0;
    for (let i = 0; i < ends.length; i += 1) {
      width += widths[i] as number;
      const before = i === 0 ? start : (ends[i - 1] as number);
      if (width <= this.#room || before === from) continue;
      i = this.#fittingCut(from, ends, i - 1);
      this.#push(from, ends[i] as number, ends[i] as number);
      from = ends[i] as number;
      width = 0;
    }
    // What fits by its parts and not as a whole would be cut for ever.
    if (from === start || !this.#fits(from, this.#trimmed(from, end))) {
      const cut = this.#fittingCut(from, ends, ends.length - 1);
      const to = ends[cut] as number;
      this.#push(from, to, cut === ends.length - 1 ? end : to);
      from = cut === ends.length - 1 ? end : to;
    }
    return from;
  }

  /** The last cut up to `last` at which the line has room. */
  #fittingCut(start: number, ends: ArrayLike<number>, last: number): number {
    let cut = last;
    for (let i = 0; i < CORRECTIONS; i += 1) {
      if (cut === 0 || (ends[cut - 1] as number) <= start || this.#fits(start, ends[cut] as number)) break;
      cut -= 1;
    }
    return cut;
  }

  #fits(start: number, end: number): boolean {
    return this.#ruler.fits?.(start, end) ?? true;
  }

  #hyphenAt(end: number): number {
    return end < this.#text.length && this.#text[end - 1] === SOFT_HYPHEN ? this.#ruler.hyphen : 0;
  }

  #trimmed(start: number, end: number): number {
    let at = end;
    while (at > start && BLANK.test(this.#text.charAt(at - 1))) at -= 1;
    return at;
  }

  #push(start: number, end: number, next: number): void {
    this.#lines.push({ start, end, next });
  }
}

/** What is not shown at the end of a line. */
const BLANK = /\s/;

/** A text, cut where a line may end. */
export function pieces(text: string): Iterable<string> {
  if (ADDRESS.test(text)) return [text];
  return NOT_PLAIN.test(text) ? brokenByRules(text) : (text.match(/[^ ]+ */g) ?? []);
}

/** The same by the library, whatever the text. */
export function* brokenByRules(text: string): Generator<string> {
  const LineBreaker = library.get();
  const breaker = new LineBreaker(text);
  let last = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    const piece = text.slice(last, next.position);
    if (DICTIONARY.test(piece)) yield* words(piece);
    else yield piece;
    last = next.position;
  }
}
