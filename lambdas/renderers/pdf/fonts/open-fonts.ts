import { readFont } from './files.ts';
import { ShapedFont } from './harfbuzz.ts';
import { type FontFile, LATIN } from './manifest.ts';
import { Sfnt } from './sfnt.ts';
import { type GlyphFont, UNITS_PER_EM } from './truetype.ts';
import { decodeWoff2 } from './woff2.ts';

export type Weight = 'regular' | 'bold';

const WEIGHTS: Record<Weight, number> = { regular: 400, bold: 700 };

/** What asks for a font in the chain. */
export interface OpenFont extends GlyphFont {
  /** 0 where the font has none. */
  glyphOf(codePoint: number): number;
}

/** How much of font files is kept for the next report, in bytes. The shaping engine holds about as much again. */
const KEPT = 24_000_000;

/**
 * The fonts that the reports of a process have opened, by file and weight. Those that were not asked for longest are let
 * go: a function that lives for days meets every character there is.
 */
export class OpenFonts {
  readonly #kept = new Map<string, { font: OpenFont; size: number }>();
  readonly #limit: number;
  #size = 0;

  constructor(limit = KEPT) {
    this.#limit = limit;
  }

  /** Bytes of the files that are kept. */
  get size(): number {
    return this.#size;
  }

  /** @throws `LibraryNeeded` */
  open(file: FontFile, weight: Weight): OpenFont {
    const key = `${file.name} ${weight}`;
    const known = this.#kept.get(key);
    const entry = known ?? read(file, weight);
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    if (known === undefined) this.#makeRoom(entry.size);
    return entry.font;
  }

  #makeRoom(size: number): void {
    this.#size += size;
    for (const [key, entry] of this.#kept) {
      if (this.#size <= this.#limit || this.#kept.size === 1) return;
      this.#kept.delete(key);
      this.#size -= entry.size;
    }
  }
}

export const openFonts = new OpenFonts();

function read(file: FontFile, weight: Weight): { font: OpenFont; size: number } {
  const stored = readFont(file);
  const data = file.name.endsWith('.woff2') ? decodeWoff2(stored) : stored;
  const plain = new Sfnt(data);
  const { defaultWeight } = plain;
  const asStored = defaultWeight === undefined || defaultWeight === WEIGHTS[weight];
  // Outlines of another weight or in another grid than the document's have to be made, which the shaping engine does.
  if (asStored && plain.unitsPerEm === UNITS_PER_EM) return { font: plain, size: data.length };
  const shaped = new ShapedFont(data, defaultWeight === undefined ? undefined : WEIGHTS[weight]);
  return { font: shaped, size: data.length };
}

const latin = new Map<Weight, Sfnt>();

/** The font of every report, which stays open. */
export function latinFont(weight: Weight): Sfnt {
  let font = latin.get(weight);
  if (font === undefined) {
    font = new Sfnt(readFont(LATIN[weight]));
    latin.set(weight, font);
  }
  return font;
}
