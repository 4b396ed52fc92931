import {
  CJK_FAMILIES,
  type CjkFamily,
  cjkFamily,
  EMOJI,
  type FontFile,
  HAN,
  MATH,
  SCRIPTS,
  type SlicedFamily,
  SYMBOLS,
  sliceFile,
} from './manifest.ts';
import { type OpenFont, openFonts, type Weight } from './open-fonts.ts';
import { sliceOf } from './slices.ts';
import type { GlyphSource } from './truetype.ts';

const CJK =
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script_Extensions=Hangul}\p{Script_Extensions=Bopomofo}\u3000-\u303f\u3200-\u33ff\uff00-\uffef]/u;

/** Fonts beyond the Latin one, opened when a character of a document first asks for them. */
export class FallbackFonts {
  readonly #cjk: readonly SlicedFamily[];
  /** A document keeps what it has opened: one font is one object for it, whatever other documents do. */
  readonly #open = new Map<string, OpenFont>();

  /** @param locale decides whose forms of a Chinese character are shown */
  constructor(locale: string) {
    this.#cjk = [...cjkOrder(locale).map(cjkFamily), HAN];
  }

  /** @returns `undefined` when no font has the character @throws `LibraryNeeded` */
  find(codePoint: number, weight: Weight): GlyphSource | undefined {
    for (const file of this.#candidates(codePoint, weight)) {
      const font = this.#opened(file, weight);
      const glyph = font.glyphOf(codePoint);
      if (glyph !== 0) return { font, glyph };
    }
    return undefined;
  }

  /** The font of emoji, which shapes them where they consist of several characters. @throws `LibraryNeeded` */
  emoji(weight: Weight): OpenFont {
    return this.#opened(EMOJI[weight], weight);
  }

  /** By script first; then any font that has it, since signs belong to no script and are in the fonts of those that use them. */
  *#candidates(codePoint: number, weight: Weight): Generator<FontFile> {
    const character = String.fromCodePoint(codePoint);
    for (const { characters, family } of SCRIPTS) {
      if (characters.test(character)) yield sliceFile(family, family.slices?.[0] as string);
    }
    if (CJK.test(character)) yield* slicesWith(codePoint, this.#cjk);
    yield* slicesWith(codePoint, SYMBOLS);
    yield sliceFile(MATH, MATH.slices?.[0] as string);
    yield EMOJI[weight];
    yield* slicesWith(codePoint, this.#cjk);
    yield* slicesWith(
      codePoint,
      SCRIPTS.map(({ family }) => family),
    );
  }

  #opened(file: FontFile, weight: Weight): OpenFont {
    const key = `${file.name} ${weight}`;
    let font = this.#open.get(key);
    if (font === undefined) {
      font = openFonts.open(file, weight);
      this.#open.set(key, font);
    }
    return font;
  }
}

function* slicesWith(codePoint: number, families: readonly SlicedFamily[]): Generator<FontFile> {
  for (const family of families) {
    const slice = sliceOf(family, codePoint);
    if (slice !== undefined) yield sliceFile(family, slice);
  }
}

function cjkOrder(locale: string): CjkFamily[] {
  const { language, script } = new Intl.Locale(locale).maximize();
  const first: CjkFamily = language === 'ja' ? 'jp' : language === 'ko' ? 'kr' : script === 'Hant' ? 'tc' : 'sc';
  return [first, ...CJK_FAMILIES.filter((family) => family !== first)];
}
