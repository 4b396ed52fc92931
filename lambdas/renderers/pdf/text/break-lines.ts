import type LineBreaker from 'linebreak';
import { LateLibrary } from '../late-library.ts';
import { graphemes } from './graphemes.ts';

/** UAX #14, whose tables take as long to unpack as a page takes to be made. */
const library = new LateLibrary<typeof LineBreaker>(async () => (await import('linebreak')).default);

/** Words of letters and digits that have nothing but spaces between them: UAX #14 breaks these at the spaces alone. */
const PLAIN_WORDS =
  /^(?:[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0388-\u03f5\u0400-\u0481\u048a-\u052f][A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0388-\u03f5\u0400-\u0481\u048a-\u052f,.]*(?: +|$))+$/;

/** Scripts that write no spaces between words: UAX #14 leaves them to a dictionary, and ICU has one. */
const DICTIONARY = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;

/** A web address alone: broken at every slash it would stand on many short lines. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i;

/**
 * Breaks a text at the places that UAX #14 allows, and inside a word only where the word alone is wider than `room`.
 * @throws `LibraryNeeded`
 * @param measure width of a piece, in the unit of `room`
 */
export function breakLines(text: string, room: number, measure: (piece: string) => number): string[] {
  return text.split(/[\n\v\f\u0085\u2028\u2029]/).flatMap((paragraph) => breakParagraph(paragraph, room, measure));
}

function breakParagraph(paragraph: string, room: number, measure: (piece: string) => number): string[] {
  const whole = paragraph.trimEnd();
  if (measure(whole) <= room) return [whole];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(paragraph)) {
    const longer = line + piece;
    if (measure(longer.trimEnd()) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = piece;
    if (measure(piece.trimEnd()) > room) {
      const word = piece.trimEnd();
      const parts = breakWord(word, room, measure);
      line = `${parts.pop()}${piece.slice(word.length)}`;
      lines.push(...parts);
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

function breakWord(word: string, room: number, measure: (piece: string) => number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const cluster of graphemes(word)) {
    if (part !== '' && measure(part + cluster) > room) {
      parts.push(part);
      part = '';
    }
    part += cluster;
  }
  parts.push(part);
  return parts;
}

/** A text, cut where a line may end. */
export function pieces(text: string): Iterable<string> {
  if (ADDRESS.test(text)) return [text];
  return PLAIN_WORDS.test(text) ? (text.match(/[^ ]+ */g) ?? []) : brokenByRules(text);
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

let segmenter: Intl.Segmenter | undefined;

function* words(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter('th', { granularity: 'word' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}
