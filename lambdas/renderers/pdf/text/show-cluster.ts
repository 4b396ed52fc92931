import { SOFT_HYPHEN } from './break-lines.ts';
import { INVISIBLE } from './itemize.ts';
import type { Cluster } from './shape.ts';
import type { ShowWriter } from './show.ts';
import { ADVANCE_SHIFT, type Typeface } from './typeface.ts';

/** Controls, and what PDF/UA does not let a glyph stand for. */
const UNSPEAKABLE = /[\p{Cc}\ufeff\ufffe\uffff]/u;

/** What {@link showCluster} takes, without showing anything. */
export function advanceOf(cluster: Cluster, all: string, typeface: Typeface): number {
  const text = all.slice(cluster.start, cluster.end);
  if (text === '\t') return typeface.slot(TAB) >>> ADVANCE_SHIFT;
  if (isMissing(cluster)) return INVISIBLE.test(text) ? 0 : typeface.missingWidth;
  return Math.max(0, cluster.advance);
}

function isMissing({ glyphs }: Cluster): boolean {
  return glyphs.some(({ codepoint }) => codepoint === 0);
}

const TAB = 9;

/** More marks than this on one letter are not drawn: no script has them, and no font places them. */
const MOST_PARTS = 32;
/** As much text as one code may stand for. */
const LONGEST_TEXT = 64;

/** A gap between glyphs that readers may take for a space becomes part of the glyph, in 1/1000 em. */
const LARGEST_KERN = 80;

/** Shows a cluster. @param text what it stands for */
export function showCluster(cluster: Cluster, text: string, typeface: Typeface, show: ShowWriter): void {
  if (text === '\t') show.glyph(typeface.slot(TAB));
  else if (isMissing(cluster)) {
    if (!INVISIBLE.test(text)) show.glyph(typeface.missing(text.slice(0, LONGEST_TEXT)));
  } else if (cluster.advance === 0 && INVISIBLE.test(text)) {
    // A joiner or a break opportunity: nothing to see, but part of the text. Controls are not: they only harm readers.
    if (text === SOFT_HYPHEN || UNSPEAKABLE.test(text)) return;
    for (const part of shortTexts(text)) show.glyph(typeface.emptySlot(part));
  } else {
    showGlyphs(cluster, text, typeface, show);
  }
}

/**
 * A cluster of several glyphs becomes one glyph of its own, so that its code stands for its text and for nothing else:
 * copied text is then right in every viewer, whatever the order its parts are drawn in.
 */
function showGlyphs({ glyphs, run }: Cluster, own: string, typeface: Typeface, show: ShowWriter): void {
  const { font, level } = run;
  const [text, ...rest] = shortTexts(level % 2 === 1 ? turned(own) : own);
  let x = 0;
  const parts = glyphs.slice(0, MOST_PARTS).map(({ codepoint: glyph, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
    x += xAdvance;
    return { glyph, x: x - xAdvance + xOffset, y: yOffset };
  });
  const [first] = parts as [(typeof parts)[0]];
  if (parts.length === 1 && first.x === 0 && first.y === 0 && x - font.advance(first.glyph) < LARGEST_KERN) {
    show.glyph(typeface.glyphSlot({ font, glyph: first.glyph }, text), x);
  } else {
    show.glyph(typeface.glyphSlot(typeface.cluster(font, parts, x), text));
  }
  for (const more of rest) show.glyph(typeface.emptySlot(more));
}

/**
 * Text that runs from right to left lies in a page in the order it is seen, and readers turn it round character by
 * character (poppler, PDFium and pdf.js alike): the mark of a letter therefore stands before it.
 */
function turned(text: string): string {
  return text.length === 1 ? text : Array.from(text).reverse().join('');
}

/** A text in parts that one code can stand for each. */
function shortTexts(text: string): [string, ...string[]] {
  const parts: [string, ...string[]] = [''];
  if (text.length <= LONGEST_TEXT) return [text];
  for (const character of text) {
    const last = parts.length - 1;
    if ((parts[last] as string).length + character.length > LONGEST_TEXT) parts.push(character);
    else parts[last] += character;
  }
  return parts;
}
