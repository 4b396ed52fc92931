/** Where a font file is found: in its npm package, and, in a bundle, under {@link FONTS_FOLDER} by its base name. */
export interface FontFile {
  /** Base name beside the bundle. */
  readonly name: string;
  /** Path for `node_modules`. */
  readonly source: string;
}

/** The folder beside the bundle's entry that the files are copied to. */
export const FONTS_FOLDER = 'fonts';

const expo = (folder: string, family: string, weight: string): FontFile => ({
  name: `${family}_${weight}.ttf`,
  source: `@expo-google-fonts/${folder}/${weight}/${family}_${weight}.ttf`,
});

export const LATIN = {
  regular: expo('noto-sans', 'NotoSans', '400Regular'),
  bold: expo('noto-sans', 'NotoSans', '700Bold'),
} as const;
