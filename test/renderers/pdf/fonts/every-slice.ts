import { readFont } from '../../../../lambdas/renderers/pdf/fonts/files.ts';
import { CJK_FAMILIES, cjkFamily, indexFile, slicesIn } from '../../../../lambdas/renderers/pdf/fonts/manifest.ts';

/** Four characters of each slice of each Chinese, Japanese and Korean font: to set them is to open every file. */
export function textsOfEverySlice(): string[] {
  return CJK_FAMILIES.flatMap((name) => {
    const family = cjkFamily(name);
    const index = JSON.parse(Buffer.from(readFont(indexFile(family))).toString('utf8'));
    return slicesIn(family, index).map(([, ranges]) =>
      ranges
        .split(',')
        .slice(-4)
        .map((range) => String.fromCodePoint(Number.parseInt(range.trim().slice(2), 16)))
        .join(''),
    );
  });
}
