import { type HarfBuzz, harfBuzz, ShapedFont } from '../fonts/harfbuzz.ts';
import type { OpenFont } from '../fonts/open-fonts.ts';
import { Sfnt } from '../fonts/sfnt.ts';
import type { Run } from './itemize.ts';

/** Glyphs that stand for one stretch of text, and for nothing else. */
export interface Cluster {
  /** Of its text. */
  readonly start: number;
  readonly end: number;
  readonly run: Run;
  readonly glyphs: readonly ShapedGlyph[];
  /** In 1/1000 em. */
  readonly advance: number;
}

/** What HarfBuzz says of a glyph: its number, where its text begins, and where it stands. */
export interface ShapedGlyph {
  readonly codepoint: number;
  readonly cluster: number;
  readonly xAdvance?: number;
  readonly xOffset?: number;
  readonly yOffset?: number;
}

/** As much as the engine is given at once: its buffer, and what is copied into its memory, stay small. */
const CHUNK = 2000;
/** What it sees of the text on both sides, so that letters join across. */
const CONTEXT = 8;

/** Shapes a run. @returns its clusters in the order they are seen @throws `LibraryNeeded` */
export function shapeRun(text: string, run: Run): Cluster[] {
  const chunks: Cluster[][] = [];
  for (let start = run.start; start < run.end; ) {
    const end = endOfChunk(text, start, run.end);
    chunks.push(clustersOf(shaped(text, run, start, end), run, end));
    start = end;
  }
  if (run.level % 2 === 1) chunks.reverse();
  return chunks.length === 1 ? (chunks[0] as Cluster[]) : chunks.flat();
}

/** What may not be parted from the character before. */
const CONTINUES = /[\p{M}\p{Cf}\p{Emoji_Modifier}]/u;
const LONGEST_CONTINUATION = 64;

function endOfChunk(text: string, start: number, last: number): number {
  if (last - start <= CHUNK) return last;
  const wanted = start + CHUNK;
  for (let end = wanted; end < Math.min(last, wanted + LONGEST_CONTINUATION); end += 1) {
    const codePoint = text.codePointAt(end) as number;
    const halved = (text.charCodeAt(end) & 0xfc00) === 0xdc00;
    const joined = text[end - 1] === '\u200d';
    if (!halved && !joined && !CONTINUES.test(String.fromCodePoint(codePoint))) return end;
  }
  return (text.charCodeAt(wanted) & 0xfc00) === 0xdc00 ? wanted + 1 : wanted;
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

let reused: InstanceType<HarfBuzz['Buffer']> | undefined;

/** Glyphs in the order they are seen. Their clusters are places in the whole text. */
function shaped(text: string, run: Run, start: number, end: number): ShapedGlyph[] {
  const hb = harfBuzz();
  // One for all: a buffer of its own for each run would lie in the engine's memory until the next turn of the loop.
  reused ??= new hb.Buffer();
  const buffer = reused;
  const from = Math.max(0, start - CONTEXT);
  buffer.reset();
  buffer.addText(text.slice(from, end + CONTEXT), start - from, end - start);
  buffer.guessSegmentProperties();
  buffer.setDirection(run.level % 2 === 1 ? hb.Direction.RTL : hb.Direction.LTR);
  hb.shape(engineFont(run.font).font, buffer);
  const glyphs = buffer.getGlyphInfosAndPositions();
  return from === 0 ? glyphs : glyphs.map((glyph) => ({ ...glyph, cluster: glyph.cluster + from }));
}

function clustersOf(glyphs: readonly ShapedGlyph[], run: Run, end: number): Cluster[] {
  const ends = clusterEnds(glyphs, end);
  const clusters: Cluster[] = [];
  for (let at = 0; at < glyphs.length; ) {
    const start = (glyphs[at] as ShapedGlyph).cluster;
    let next = at + 1;
    while (next < glyphs.length && (glyphs[next] as ShapedGlyph).cluster === start) next += 1;
    const own = glyphs.slice(at, next);
    const advance = own.reduce((sum, { xAdvance = 0 }) => sum + xAdvance, 0);
    clusters.push({ start, end: ends.get(start) as number, run, glyphs: own, advance });
    at = next;
  }
  return clusters;
}

/** Where the text of each cluster ends: at the next cluster in logical order. */
function clusterEnds(glyphs: readonly ShapedGlyph[], end: number): Map<number, number> {
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))].sort((a, b) => a - b);
  return new Map(starts.map((start, i) => [start, starts[i + 1] ?? end]));
}
