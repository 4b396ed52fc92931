import { cleanText } from '../../values/text.ts';
import { type Directions, directionsOf } from './bidi/levels.ts';

/** Where a line ends whatever its width: the mandatory breaks of UAX #14, and the separators that ASCII has for it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const LINE_END = /\r\n|[\n\v\f\r\x1c-\x1e\u0085\u2028\u2029]/;

/** Everything that parts words, visible or not: what a text has between two words must not vanish. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const GAPS = /[\s\x1c-\x1f\u0085]+/g;
const GAP = /[^ \x21-\x7e\u00a1-\u167f]| {2}/;

/** What can give a text another order than the one it is written in: letters from right to left, and explicit marks. */
const DIRECTED =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A text up to where a new line begins in any case. */
export interface Paragraph {
  readonly text: string;
  /** `undefined` where everything runs from left to right. */
  readonly directions: Directions | undefined;
}

/** The paragraphs of a text, clean. */
export function splitParagraphs(text: string): string[] {
  return text.split(LINE_END).map((part) => cleanText(part.replaceAll('\x1f', ' ')));
}

/** The text on one line: whatever parts words is one space. */
export function flatText(text: string): string {
  return GAP.test(text) ? cleanText(text.replace(GAPS, ' ')) : text;
}

/** @param fallback the level of a paragraph without a letter @throws `LibraryNeeded` */
export function paragraphOf(text: string, fallback: 0 | 1): Paragraph {
  return { text, directions: DIRECTED.test(text) ? directionsOf(text, fallback) : undefined };
}
