import { readFont } from './files.ts';
import { ShapedFont } from './harfbuzz.ts';
import {
  CJK_FAMILIES,
  type CjkFamily,
  cjkIndex,
  cjkSlice,
  EMOJI,
  type FontFamily,
  OTHER_SLICES,
  SCRIPTS,
  SYMBOLS,
} from './manifest.ts';
import { Sfnt } from './sfnt.ts';
import type { GlyphFont, GlyphSource } from './truetype.ts';
import { decodeWoff2 } from './woff2.ts';

export type Weight = 'regular' | 'bold';

/** What asks for a font in the chain. */
export interface OpenFont extends GlyphFont {
  /** 0 where the font has none. */
  glyphOf(codePoint: number): number;
}

const CJK =
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script_Extensions=Hangul}\p{Script_Extensions=Bopomofo}\u3000-\u303f\u3200-\u33ff\uff00-\uffef]/u;

/** Fonts beyond the Latin one, opened when a character first asks for them, and shared by all documents of a process. */
export class FallbackFonts {
  readonly #cjk: readonly CjkFamily[];

  /** @param locale decides whose forms of a Chinese character are shown */
  constructor(locale: string) {
    this.#cjk = cjkOrder(locale);
  }

  /** @returns `undefined` when no font has the character @throws `LibraryNeeded` */
  find(codePoint: number, weight: Weight): GlyphSource | undefined {
    const character = String.fromCodePoint(codePoint);
    for (const font of this.#candidates(character, codePoint, weight)) {
      const glyph = font.glyphOf(codePoint);
      if (glyph !== 0) return { font, glyph };
    }
    return undefined;
  }

  /** The font of emoji, which shapes them where they consist of several characters. @throws `LibraryNeeded` */
  emoji(weight: Weight): OpenFont {
    return scriptFont(EMOJI, weight);
  }

  *#candidates(character: string, codePoint: number, weight: Weight): Generator<OpenFont> {
    for (const { characters, family } of SCRIPTS) {
      if (characters.test(character)) yield scriptFont(family, weight);
    }
    const isCjk = CJK.test(character);
    if (isCjk) yield* this.#cjkCandidates(codePoint, weight);
    for (const family of SYMBOLS) yield scriptFont(family, weight);
    // Signs belong to no script, and lie in the fonts of those that use them.
    if (!isCjk) yield* this.#cjkCandidates(codePoint, weight);
    for (const { family } of SCRIPTS) yield scriptFont(family, weight);
  }

  *#cjkCandidates(codePoint: number, weight: Weight): Generator<OpenFont> {
    for (const family of this.#cjk) {
      const slice = sliceOf(family, codePoint);
      if (slice !== undefined) yield cjkFont(family, slice, weight);
    }
  }
}

function cjkOrder(locale: string): CjkFamily[] {
  const { language, script } = new Intl.Locale(locale).maximize();
  const first: CjkFamily = language === 'ja' ? 'jp' : language === 'ko' ? 'kr' : script === 'Hant' ? 'tc' : 'sc';
  return [first, ...CJK_FAMILIES.filter((family) => family !== first)];
}

const open = new Map<string, OpenFont>();

function opened(key: string, make: () => OpenFont): OpenFont {
  let font = open.get(key);
  if (font === undefined) {
    font = make();
    open.set(key, font);
  }
  return font;
}

function scriptFont(family: FontFamily, weight: Weight): OpenFont {
  const file = family[weight];
  return opened(file.name, () => {
    const data = readFont(file);
    const plain = new Sfnt(data);
    // Outlines in another grid than the document's have to be scaled, which the shaping engine does.
    return plain.unitsPerEm === 1000 ? plain : new ShapedFont(data);
  });
}

function cjkFont(family: CjkFamily, slice: string, weight: Weight): OpenFont {
  return opened(`${family} ${slice} ${weight}`, () => {
    const data = decodeWoff2(readFont(cjkSlice(family, slice)));
    return new ShapedFont(data, weight === 'bold' ? 700 : 400);
  });
}

interface Slice {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

const slices = new Map<CjkFamily, Slice[]>();

function sliceOf(family: CjkFamily, codePoint: number): string | undefined {
  let index = slices.get(family);
  if (index === undefined) {
    index = readIndex(family);
    slices.set(family, index);
  }
  return index.find(({ first, last }) => codePoint >= first && codePoint <= last)?.name;
}

function readIndex(family: CjkFamily): Slice[] {
  const index: Record<string, string> = JSON.parse(Buffer.from(readFont(cjkIndex(family))).toString('utf8'));
  return Object.entries(index).flatMap(([key, ranges]) => {
    const name = key.replace(/[[\]]/g, '');
    if (OTHER_SLICES.has(name)) return [];
    return ranges.split(',').map((range): Slice => {
      const [first, last = first] = range.trim().slice(2).split('-') as [string, string?];
      return { name, first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
    });
  });
}
