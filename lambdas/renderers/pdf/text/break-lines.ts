import LineBreaker from 'linebreak';
import { graphemes } from './graphemes.ts';

/** Scripts that write no spaces between words: UAX #14 leaves them to a dictionary, and ICU has one. */
const DICTIONARY = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;

/**
 * Breaks a text at the places that UAX #14 allows, and inside a word only where the word alone is wider than `room`.
 * @param measure width of a piece, in the unit of `room`
 */
export function breakLines(text: string, room: number, measure: (piece: string) => number): string[] {
  return text.split(/[\n\v\f\u0085\u2028\u2029]/).flatMap((paragraph) => breakParagraph(paragraph, room, measure));
}

function breakParagraph(paragraph: string, room: number, measure: (piece: string) => number): string[] {
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
      const parts = breakWord(piece, room, measure);
      line = parts.pop() as string;
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

function* pieces(text: string): Generator<string> {
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
