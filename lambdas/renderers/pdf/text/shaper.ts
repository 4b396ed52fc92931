import { clusterGlyph } from '../fonts/cluster-font.ts';
import type { OpenFont } from '../fonts/fallback.ts';
import { type HarfBuzz, harfBuzz, ShapedFont } from '../fonts/harfbuzz.ts';
import { Sfnt } from '../fonts/sfnt.ts';
import { LateLibrary } from '../late-library.ts';
import type { Line } from './line.ts';
import { ShowWriter } from './show.ts';
import type { Typeface } from './typeface.ts';

/** A stretch of text of one font and one direction, in logical order. */
interface Run {
  readonly start: number;
  end: number;
  readonly level: number;
  readonly font: OpenFont;
}

const bidi = new LateLibrary(async () => (await import('bidi-js')).default());

/** Marks, joiners, spaces, digits and signs stay with the letters around them where their font can show them. */
const NEUTRAL = /^[\p{M}\p{Cf}\p{Z}\p{N}\p{P}\p{Sc}\p{Sm}\p{Sk}\t]/u;
/** What no font shows: invisible by definition. */
const INVISIBLE = /^[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+$/u;

/** Controls, and what PDF/UA does not let a glyph stand for. */
const UNSPEAKABLE = /[\p{Cc}\ufeff\ufffe\uffff]/u;

/** Sets text of scripts that join, reorder, stack or run from right to left: UAX #9 for order, HarfBuzz for shapes. */
export class TextShaper {
  readonly #base: 'rtl' | 'auto';
  readonly #cache = new Map<string, Line>();

  /** @param rightToLeft whether the report's language is written so */
  constructor(rightToLeft: boolean) {
    this.#base = rightToLeft ? 'rtl' : 'auto';
  }

  /** @throws `LibraryNeeded` */
  line(text: string, typeface: Typeface): Line {
    const key = `${typeface.weight}${text}`;
    let line = this.#cache.get(key);
    if (line === undefined) {
      if (this.#cache.size >= CACHE_SIZE) this.#cache.clear();
      line = this.#shape(text, typeface);
      this.#cache.set(key, line);
    }
    return line;
  }

  #shape(text: string, typeface: Typeface): Line {
    const { levels, paragraphs } = bidi.get().getEmbeddingLevels(text, this.#base);
    const show = new ShowWriter();
    const marked = (paragraphs[0]?.level ?? 0) % 2 === 1 && EDGE_NEUTRAL.test(text);
    if (marked) show.glyph(directionMark(typeface));
    for (const run of inVisualOrder(runsOf(text, levels, typeface))) shapeRun(text, run, typeface, show);
    if (marked) show.glyph(directionMark(typeface));
    const line = show.finish();
    return levels.some((level) => level % 2 === 1) ? { ...line, reordered: text } : line;
  }
}

/** A line that begins or ends with a sign that belongs to no direction. */
const EDGE_NEUTRAL = /^[\p{P}\p{S}]|[\p{P}\p{S}]$/u;

/** An empty glyph that reads as a right-to-left mark: readers then count a bracket at the line's edge as part of it. */
function directionMark(typeface: Typeface): number {
  return emptyGlyph('\u200f', typeface);
}

function emptyGlyph(text: string, typeface: Typeface): number {
  return typeface.glyphSlot(clusterGlyph(typeface.base, [], 0), text);
}

/** Reports repeat their words. */
const CACHE_SIZE = 2000;

function runsOf(text: string, levels: Uint8Array, typeface: Typeface): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) as number;
    const end = at + (codePoint > 0xffff ? 2 : 1);
    const level = levels[at] as number;
    const last = runs.at(-1);
    const font = fontFor(codePoint, last?.font, typeface);
    if (last !== undefined && last.level === level && last.font === font) last.end = end;
    else runs.push({ start: at, end, level, font });
    at = end;
  }
  return runs;
}

function fontFor(codePoint: number, previous: OpenFont | undefined, typeface: Typeface): OpenFont {
  const character = String.fromCodePoint(codePoint);
  if (previous !== undefined) {
    if (INVISIBLE.test(character)) return previous;
    if (NEUTRAL.test(character) && previous.glyphOf(codePoint) !== 0) return previous;
  } else if (INVISIBLE.test(character)) {
    return typeface.base;
  }
  return (typeface.sourceOf(codePoint)?.font as OpenFont | undefined) ?? typeface.base;
}

/** Rule L2 of UAX #9: from the highest level down, every stretch of at least that level is turned round. */
function inVisualOrder(runs: Run[]): Run[] {
  const order = runs.slice();
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let at = 0; at < order.length; at += 1) {
      if ((order[at] as Run).level < level) continue;
      let end = at;
      while (end < order.length && (order[end] as Run).level >= level) end += 1;
      order.splice(at, end - at, ...order.slice(at, end).reverse());
      at = end;
    }
  }
  return order;
}

const engineFonts = new WeakMap<OpenFont, ShapedFont>();

function engineFont(font: OpenFont): ShapedFont {
  if (font instanceof ShapedFont) return font;
  let engine = engineFonts.get(font);
  if (engine === undefined) {
    if (!(font instanceof Sfnt)) throw new TypeError('a font that is no file cannot be shaped');
    engine = new ShapedFont(font.data);
    engineFonts.set(font, engine);
  }
  return engine;
}

function shapeRun(text: string, run: Run, typeface: Typeface, show: ShowWriter): void {
  const glyphs = shaped(text, run);
  const ends = clusterEnds(
    glyphs.map(({ cluster }) => cluster),
    run.end,
  );
  for (let at = 0; at < glyphs.length; ) {
    const { cluster } = glyphs[at] as ShapedGlyph;
    let next = at + 1;
    while (next < glyphs.length && (glyphs[next] as ShapedGlyph).cluster === cluster) next += 1;
    const own = text.slice(cluster, ends.get(cluster));
    showCluster(glyphs.slice(at, next), run.level % 2 === 1 ? turned(own) : own, run.font, typeface, show);
    at = next;
  }
}

/**
 * Text that runs from right to left lies in a page in the order it is seen, and readers turn it round character by
 * character (poppler, PDFium and pdf.js alike): the mark of a letter therefore stands before it.
 */
function turned(text: string): string {
  return text.length === 1 ? text : Array.from(text).reverse().join('');
}

/** What HarfBuzz says of a glyph: its number, where its text begins, and where it stands. */
interface ShapedGlyph {
  readonly codepoint: number;
  readonly cluster: number;
  readonly xAdvance?: number;
  readonly xOffset?: number;
  readonly yOffset?: number;
}

let reused: InstanceType<HarfBuzz['Buffer']> | undefined;

function shaped(text: string, run: Run): ShapedGlyph[] {
  const hb = harfBuzz();
  // One for all: a buffer of its own for each run would lie in the engine's memory until the next turn of the loop.
  reused ??= new hb.Buffer();
  const buffer = reused;
  buffer.reset();
  buffer.addText(text, run.start, run.end - run.start);
  buffer.guessSegmentProperties();
  buffer.setDirection(run.level % 2 === 1 ? hb.Direction.RTL : hb.Direction.LTR);
  hb.shape(engineFont(run.font).font, buffer);
  return buffer.getGlyphInfosAndPositions();
}

/**
 * A cluster of several glyphs becomes one glyph of its own, so that its code stands for its text and for nothing else:
 * copied text is then right in every viewer, whatever the order its parts are drawn in.
 */
function showCluster(
  glyphs: readonly ShapedGlyph[],
  text: string,
  font: OpenFont,
  typeface: Typeface,
  show: ShowWriter,
): void {
  if (glyphs.some(({ codepoint }) => codepoint === 0)) {
    if (!INVISIBLE.test(text)) show.glyph(typeface.missing(text));
    return;
  }
  let x = 0;
  const parts = glyphs.map(({ codepoint: glyph, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
    x += xAdvance;
    return { glyph, x: x - xAdvance + xOffset, y: yOffset };
  });
  if (x === 0 && INVISIBLE.test(text)) {
    // A joiner or a break opportunity: nothing to see, but part of the text. Controls are not: they only harm readers.
    if (!UNSPEAKABLE.test(text)) show.glyph(emptyGlyph(text, typeface));
    return;
  }
  const [first] = parts as [(typeof parts)[0]];
  if (parts.length === 1 && first.x === 0 && first.y === 0 && x - font.advance(first.glyph) < LARGEST_KERN) {
    show.glyph(typeface.glyphSlot({ font, glyph: first.glyph }, text), x);
  } else {
    show.glyph(typeface.glyphSlot(clusterGlyph(font, parts, x), text));
  }
}

/** A gap between glyphs that readers may take for a space becomes part of the glyph, in 1/1000 em. */
const LARGEST_KERN = 80;

/** Where the text of each cluster ends: at the next cluster in logical order. */
function clusterEnds(clusters: readonly number[], end: number): Map<number, number> {
  const starts = [...new Set(clusters)].sort((a, b) => a - b);
  return new Map(starts.map((start, i) => [start, starts[i + 1] ?? end]));
}
