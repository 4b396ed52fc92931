import { columnLetters } from './references.ts';
import type { StyleNumbers } from './style-book.ts';

/**
 * The constant pieces of cell XML of a table, packed as words of eight bytes that leave with one store each: this is
 * what the encoder's speed comes from. A word is a double only by name; ASCII never makes one that is not a number, so
 * the bits survive. A piece may write up to seven bytes of rubbish behind it, which the next piece overwrites.
 *
 * A cell that says where it stands has an opening tag up to its row number, which starts at
 * `words[c * STRIDE + OPEN]`; its other pieces go on behind the number. Of a cell that does not, `lengths` is 0 there,
 * and they are the whole tag. They start at `+ PLAIN` or `+ BANDED` and then `+ NUMBER`, `+ STRING`, `+ BOOLEAN` or `+ BLANK`. `lengths`, at
 * the same index as a piece's first word, has its length in bytes.
 */
export interface Segments {
  readonly words: Float64Array;
  readonly lengths: Uint8Array;
}

export const OPEN = 0;
export const PLAIN = 2;
export const BANDED = 12;
export const NUMBER = 0;
export const STRING = 2;
export const BOOLEAN = 5;
export const BLANK = 8;
export const STRIDE = 22;

/** @param referenced whether the cells of a column have a reference; those of the first one must */
export function packSegments(styles: StyleNumbers, referenced: (column: number) => boolean): Segments {
  const columns = styles.plain.length;
  const words = new Float64Array(columns * STRIDE);
  const lengths = new Uint8Array(columns * STRIDE);
  const put = (at: number, text: string): void => {
    words.set(packWords(text), at);
    lengths[at] = text.length;
  };
  for (let c = 0; c < columns; c += 1) {
    if (referenced(c)) put(c * STRIDE + OPEN, `<c r="${columnLetters(c)}`);
    const open = referenced(c) ? '"' : '<c';
    for (const [base, style] of [
      [PLAIN, styles.plain[c]],
      [BANDED, styles.banded[c]],
    ] as const) {
      const at = c * STRIDE + base;
      put(at + NUMBER, `${open} s="${style}"><v>`);
      put(at + STRING, `${open} s="${style}" t="str"><v>`);
      put(at + BOOLEAN, `${open} s="${style}" t="b"><v>`);
      put(at + BLANK, `${open} s="${style}"/>`);
    }
  }
  return { words, lengths };
}

/** ASCII as little-endian words, the last one padded with zeros. */
export function packWords(text: string): Float64Array {
  const bytes = Buffer.alloc(Math.ceil(text.length / 8) * 8);
  bytes.write(text, 'latin1');
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(i * 8));
}
