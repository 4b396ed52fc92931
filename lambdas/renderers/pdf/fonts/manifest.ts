import { basename, join } from 'node:path';

/** Where a font file is found: in its npm package, and, in a bundle, under {@link FONTS_FOLDER} by its base name. */
export interface FontFile {
  /** Base name beside the bundle. */
  readonly name: string;
  /** Path for `node_modules`, or an absolute one. */
  readonly source: string;
}

/** A font whose weights are files of their own. */
export interface FontFamily {
  readonly regular: FontFile;
  readonly bold: FontFile;
}

/** A font of Fontsource: a file for each part of its characters, and an index that says which part has what. */
export interface SlicedFamily {
  readonly id: string;
  /** Whether its files have all weights; those of the others are regular alone. */
  readonly variable: boolean;
  /** The slices that are used; all but {@link OTHER_SLICES} where not said. */
  readonly slices?: readonly string[];
}

/** The folder beside the bundle's entry that the files are copied to. */
export const FONTS_FOLDER = 'fonts';

function whole(folder: string, family: string): FontFamily {
  const file = (weight: string): FontFile => ({
    name: `${family}_${weight}.ttf`,
    source: `@expo-google-fonts/${folder}/${weight}/${family}_${weight}.ttf`,
  });
  return { regular: file('400Regular'), bold: file('700Bold') };
}

/** Latin, Greek, Cyrillic and the punctuation and signs of all. Every report opens it, so it lies there as it is read. */
export const LATIN = whole('noto-sans', 'NotoSans');

/** In one colour, and with glyphs for sequences, of which a slice would have a part. */
export const EMOJI = whole('noto-emoji', 'NotoEmoji');

/** Scripts with a font of their own, by their Unicode name. Most of all reports meet the first few. */
const SCRIPT_NAMES = [
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Thai',
  'Bengali',
  'Tamil',
  'Telugu',
  'Gujarati',
  'Kannada',
  'Malayalam',
  'Gurmukhi',
  'Oriya',
  'Sinhala',
  'Khmer',
  'Lao',
  'Myanmar',
  'Ethiopic',
  'Armenian',
  'Georgian',
  'Thaana',
  'Tibetan',
  'Mongolian',
  'Syriac',
  'Nko',
  'Tifinagh',
  'Cherokee',
  'Canadian_Aboriginal',
  'Javanese',
  'Balinese',
  'Sundanese',
  'Adlam',
  'Vai',
  'Ol_Chiki',
  'Meetei_Mayek',
  'Lisu',
  'Osage',
  'Tai_Le',
  'Tai_Tham',
];

const REGULAR_ALONE = new Set(['Mongolian', 'Nko', 'Tifinagh', 'Vai', 'Osage', 'Tai_Le']);

/** The fonts of scripts, and which characters ask for them. */
export const SCRIPTS: readonly { readonly characters: RegExp; readonly family: SlicedFamily }[] = SCRIPT_NAMES.map(
  (name) => {
    const slice = name.toLowerCase().replace('_', '-');
    const id = name === 'Tibetan' ? 'noto-serif-tibetan' : `noto-sans-${slice}`;
    return {
      characters: new RegExp(`\\p{Script_Extensions=${name}}`, 'u'),
      family: { id, variable: !REGULAR_ALONE.has(name), slices: [slice] },
    };
  },
);

/** Asked in this order for what no script's font has. */
export const SYMBOLS: readonly SlicedFamily[] = [
  { id: 'noto-sans-symbols', variable: true, slices: ['symbols', 'latin', 'latin-ext'] },
  { id: 'noto-sans-symbols-2', variable: false, slices: ['symbols', 'math', 'braille', 'latin', 'latin-ext'] },
];

/** Operators and the letters of formulas. Its index names a few of its characters: the one file has them all. */
export const MATH: SlicedFamily = { id: 'noto-sans-math', variable: false, slices: ['latin'] };

/** Chinese, Japanese and Korean, in slices of a hundred characters or so. */
export const CJK_FAMILIES = ['sc', 'tc', 'jp', 'kr'] as const;
export type CjkFamily = (typeof CJK_FAMILIES)[number];

export function cjkFamily(name: CjkFamily): SlicedFamily {
  return { id: `noto-sans-${name}`, variable: true };
}

/** The Chinese characters that these leave out, up to GB 18030 and HKSCS; see `local/fonts/make_han.py`. */
export const HAN: SlicedFamily = { id: 'noto-sans-han', variable: false };
const HAN_FOLDER = join(import.meta.dirname, 'han');

/** Slices that hold what {@link LATIN} has already. */
const OTHER_SLICES = new Set(['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese']);

function sourceOf(family: SlicedFamily, path: string): string {
  if (family === HAN) return join(HAN_FOLDER, basename(path));
  return `${family.variable ? '@fontsource-variable' : '@fontsource'}/${family.id}/${path}`;
}

/** The list of a family's slices: JSON, slice name to `U+4e00-4e0f,…`. Names of numbers are in brackets. */
export function indexFile(family: SlicedFamily): FontFile {
  return { name: `${family.id}-unicode.json`, source: sourceOf(family, 'unicode.json') };
}

export function sliceFile(family: SlicedFamily, slice: string): FontFile {
  const name = `${family.id}-${slice}-${family.variable ? 'wght' : '400'}-normal.woff2`;
  return { name, source: sourceOf(family, `files/${name}`) };
}

/** What a family's index says, without slices that are not used. @param index the parsed file */
export function slicesIn(
  family: SlicedFamily,
  index: Readonly<Record<string, string>>,
): [slice: string, ranges: string][] {
  return Object.entries(index)
    .map(([key, ranges]): [string, string] => [key.replace(/^\[|\]$/g, ''), ranges])
    .filter(([slice]) => family.slices?.includes(slice) ?? !OTHER_SLICES.has(slice));
}

/** HarfBuzz, which has to lie right beside the bundle's entry. */
export const HARFBUZZ_WASM: FontFile = { name: 'harfbuzz.wasm', source: 'harfbuzzjs/dist/harfbuzz.wasm' };

/** The families that are copied into {@link FONTS_FOLDER} slice by slice, with their indices. */
export function slicedFamilies(): SlicedFamily[] {
  return [...SCRIPTS.map(({ family }) => family), ...SYMBOLS, MATH, ...CJK_FAMILIES.map(cjkFamily), HAN];
}

/** The files that are copied as they are. */
export function wholeFiles(): FontFile[] {
  return [LATIN.regular, LATIN.bold, EMOJI.regular, EMOJI.bold];
}
