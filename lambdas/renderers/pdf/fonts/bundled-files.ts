import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  CJK_FAMILIES,
  cjkIndex,
  cjkSlice,
  FONTS_FOLDER,
  type FontFile,
  HARFBUZZ_WASM,
  OTHER_SLICES,
  scriptFontFiles,
} from './manifest.ts';

/** A file to copy beside the bundle. */
export interface BundledFile {
  /** Absolute path. */
  readonly from: string;
  /** Relative to the folder of the bundle's entry. */
  readonly to: string;
}

/** Everything that the PDF engine reads at run time, for whoever bundles it. About 35 MB. */
export function bundledFiles(): BundledFile[] {
  const require = createRequire(import.meta.url);
  const fonts = [...scriptFontFiles(), ...CJK_FAMILIES.flatMap((family) => [cjkIndex(family), ...slices(family)])];
  return [
    ...fonts.map(({ name, source }) => ({ from: require.resolve(source), to: `${FONTS_FOLDER}/${name}` })),
    { from: require.resolve(HARFBUZZ_WASM.source), to: HARFBUZZ_WASM.name },
  ];

  function slices(family: (typeof CJK_FAMILIES)[number]): FontFile[] {
    const index: object = JSON.parse(readFileSync(require.resolve(cjkIndex(family).source), 'utf8'));
    return Object.keys(index)
      .map((key) => key.replace(/[[\]]/g, ''))
      .filter((slice) => !OTHER_SLICES.has(slice))
      .map((slice) => cjkSlice(family, slice));
  }
}
