/** Where a font file is found: in its npm package, and, in a bundle, under {@link FONTS_FOLDER} by its base name. */
export interface FontFile {
  /** Base name beside the bundle. */
  readonly name: string;
  /** Path for `node_modules`. */
  readonly source: string;
}

/** A font in the weights that reports use. */
export interface FontFamily {
  readonly regular: FontFile;
  readonly bold: FontFile;
}

/** The folder beside the bundle's entry that the files are copied to. */
export const FONTS_FOLDER = 'fonts';

function expo(folder: string, family: string, weights: { bold: boolean } = { bold: true }): FontFamily {
  const file = (weight: string): FontFile => ({
    name: `${family}_${weight}.ttf`,
    source: `@expo-google-fonts/${folder}/${weight}/${family}_${weight}.ttf`,
  });
  return { regular: file('400Regular'), bold: file(weights.bold ? '700Bold' : '400Regular') };
}

/** Latin, Greek, Cyrillic and the punctuation and signs of all. Every report opens it. */
export const LATIN = expo('noto-sans', 'NotoSans');

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
  'Sinhala',
  'Khmer',
  'Lao',
  'Myanmar',
  'Ethiopic',
  'Armenian',
  'Georgian',
  'Thaana',
];

/** The fonts of scripts, and which characters ask for them. */
export const SCRIPTS: readonly { readonly characters: RegExp; readonly family: FontFamily }[] = SCRIPT_NAMES.map(
  (name) => ({
    characters: new RegExp(`\\p{Script_Extensions=${name}}`, 'u'),
    family: expo(`noto-sans-${name.toLowerCase()}`, `NotoSans${name}`),
  }),
);

/** In one colour, and with glyphs for sequences. */
export const EMOJI = expo('noto-emoji', 'NotoEmoji');

/** Asked in this order for what no script's font has. */
export const SYMBOLS: readonly FontFamily[] = [
  expo('noto-sans-symbols', 'NotoSansSymbols'),
  expo('noto-sans-symbols-2', 'NotoSansSymbols2', { bold: false }),
  EMOJI,
];

/** Chinese, Japanese and Korean: variable fonts, cut into slices of a hundred characters or so. */
export const CJK_FAMILIES = ['sc', 'tc', 'jp', 'kr'] as const;
export type CjkFamily = (typeof CJK_FAMILIES)[number];

/** The list of a family's slices: JSON, slice name in brackets to `U+4e00-4e0f,…`. */
export function cjkIndex(family: CjkFamily): FontFile {
  return {
    name: `noto-sans-${family}-unicode.json`,
    source: `@fontsource-variable/noto-sans-${family}/unicode.json`,
  };
}

export function cjkSlice(family: CjkFamily, slice: string): FontFile {
  const name = `noto-sans-${family}-${slice}-wght-normal.woff2`;
  return { name, source: `@fontsource-variable/noto-sans-${family}/files/${name}` };
}

/** Slices that hold what {@link LATIN} has already: they need not be bundled. */
export const OTHER_SLICES = new Set(['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese']);

/** HarfBuzz, which has to lie right beside the bundle's entry. */
export const HARFBUZZ_WASM: FontFile = { name: 'harfbuzz.wasm', source: 'harfbuzzjs/dist/harfbuzz.wasm' };

/** Every file with a fixed name that belongs into {@link FONTS_FOLDER}; slices are found by their package's index. */
export function scriptFontFiles(): FontFile[] {
  const families = [LATIN, ...SCRIPTS.map(({ family }) => family), ...SYMBOLS];
  const files = families.flatMap(({ regular, bold }) => [regular, bold]);
  return [...new Map(files.map((file) => [file.name, file])).values()];
}
