/** Where every character stands for itself. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The engine takes time in proportion to the whole text for each segment: it is given this much at once. */
const WINDOW = 512;

const segmenters = new Map<string, Intl.Segmenter>();

/** What a reader takes for one character. One of more than {@link WINDOW} units is cut. */
export function graphemes(text: string): string[] {
  return PLAIN.test(text) ? text.split('') : [...segments(text, 'grapheme')];
}

/** Words and what is between them, by ICU's dictionaries where a script writes no spaces. */
export function words(text: string): Iterable<string> {
  return segments(text, 'word');
}

function* segments(text: string, granularity: 'grapheme' | 'word'): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = endOfWindow(text, start);
    const found = Array.from(segmenterOf(granularity).segment(text.slice(start, end)), ({ segment }) => segment);
    // The last one may go on beyond the window: it is found again, from its start.
    if (end < text.length && found.length > 1) found.pop();
    for (const segment of found) {
      start += segment.length;
      yield segment;
    }
  }
}

function endOfWindow(text: string, start: number): number {
  const end = Math.min(text.length, start + WINDOW);
  return (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end + 1 : end;
}

function segmenterOf(granularity: 'grapheme' | 'word'): Intl.Segmenter {
  let segmenter = segmenters.get(granularity);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter('th', { granularity });
    segmenters.set(granularity, segmenter);
  }
  return segmenter;
}
