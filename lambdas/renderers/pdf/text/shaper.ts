import { inVisualOrder, levelsOfLine } from './bidi/levels.ts';
import { type Cuts, SOFT_HYPHEN } from './break-lines.ts';
import { graphemes } from './graphemes.ts';
import { runsOf } from './itemize.ts';
import type { Line } from './line.ts';
import { type Paragraph, paragraphOf } from './paragraphs.ts';
import { type Cluster, shapeRun } from './shape.ts';
import { ShowWriter } from './show.ts';
import { advanceOf, showCluster } from './show-cluster.ts';
import type { Typeface } from './typeface.ts';

/** A line that begins or ends with a sign that belongs to no direction. */
const EDGE_NEUTRAL = /^[\p{P}\p{S}]|[\p{P}\p{S}]$/u;

/** Reports repeat their words; what is long is seldom repeated. */
const CACHED = 2000;
const LONGEST_CACHED = 200;

/** Sets text of scripts that join, reorder, stack or run from right to left: UAX #9 for order, HarfBuzz for shapes. */
export class TextShaper {
  readonly #fallback: 0 | 1;
  readonly #lines = new Map<string, Line>();
  readonly #widths = new Map<string, number>();

  /** @param rightToLeft whether the report's language is written so: where a text has no letter, it says the direction */
  constructor(rightToLeft: boolean) {
    this.#fallback = rightToLeft ? 1 : 0;
  }

  /** @throws `LibraryNeeded` */
  paragraph(text: string): Paragraph {
    return paragraphOf(text, this.#fallback);
  }

  /** Sets a text on one line. @throws `LibraryNeeded` */
  line(text: string, typeface: Typeface): Line {
    return cached(this.#lines, text, typeface, () => this.lineOf(this.paragraph(text), 0, text.length, typeface));
  }

  /** Sets a part of a paragraph as a line. A soft hyphen at its end is shown where it is not the text's end. */
  lineOf(paragraph: Paragraph, start: number, end: number, typeface: Typeface): Line {
    const { directions } = paragraph;
    const hyphenated = end < paragraph.text.length && paragraph.text[end - 1] === SOFT_HYPHEN;
    const own = paragraph.text.slice(start, end);
    const text = hyphenated ? own.slice(0, -1) + HYPHEN : own;
    const levels = directions === undefined ? undefined : levelsOfLine(directions, start, end);
    const show = new ShowWriter();
    const marked = directions?.base === 1 && EDGE_NEUTRAL.test(text);
    if (marked) show.glyph(typeface.emptySlot(RIGHT_TO_LEFT_MARK));
    for (const run of inVisualOrder(runsOf(text, levels, typeface))) {
      for (const cluster of shapeRun(text, run)) {
        const isHyphen = hyphenated && cluster.end === text.length;
        showCluster(
          cluster,
          isHyphen ? own.slice(cluster.start) : text.slice(cluster.start, cluster.end),
          typeface,
          show,
        );
      }
    }
    if (marked) show.glyph(typeface.emptySlot(RIGHT_TO_LEFT_MARK));
    return { ...show.finish(), text: own, reordered: levels?.some((level) => level % 2 === 1) ?? false };
  }

  /** Width of a text on a line of its own. */
  width(text: string, typeface: Typeface): number {
    return cached(this.#widths, text, typeface, () => sumOf(this.#clusters(text, typeface), text, typeface));
  }

  /** Where a word may be cut: between characters as readers see them, and not inside of a ligature. */
  cuts(text: string, typeface: Typeface): Cuts & { readonly width: number } {
    const advances = new Float64Array(text.length);
    const starts = new Uint8Array(text.length + 1);
    starts[text.length] = 1;
    for (const cluster of this.#clusters(text, typeface)) {
      advances[cluster.start] = (advances[cluster.start] as number) + advanceOf(cluster, text, typeface);
      starts[cluster.start] = 1;
    }
    const cuts: { ends: number[]; widths: number[]; width: number } = { ends: [], widths: [], width: 0 };
    let [from, at, width] = [0, 0, 0];
    for (const grapheme of graphemes(text)) {
      at += grapheme.length;
      if (starts[at] === 0) continue;
      for (; from < at; from += 1) width += advances[from] as number;
      cuts.ends.push(at);
      cuts.widths.push(width);
      cuts.width += width;
      width = 0;
    }
    return cuts;
  }

  hyphenWidth(typeface: Typeface): number {
    return this.width(HYPHEN, typeface);
  }

  #clusters(text: string, typeface: Typeface): Cluster[] {
    const { directions } = this.paragraph(text);
    return runsOf(text, directions?.levels, typeface).flatMap((run) => shapeRun(text, run));
  }
}

const HYPHEN = '\u2010';

/** Shown as nothing at the edges of a line: readers then count a bracket in that place as part of it. */
const RIGHT_TO_LEFT_MARK = '\u200f';

function cached<T>(cache: Map<string, T>, text: string, typeface: Typeface, make: () => T): T {
  if (text.length > LONGEST_CACHED) return make();
  const key = `${typeface.weight}${text}`;
  let value = cache.get(key);
  if (value === undefined) {
    if (cache.size >= CACHED) cache.clear();
    value = make();
    cache.set(key, value);
  }
  return value;
}

function sumOf(clusters: readonly Cluster[], text: string, typeface: Typeface): number {
  return clusters.reduce((sum, cluster) => sum + advanceOf(cluster, text, typeface), 0);
}
