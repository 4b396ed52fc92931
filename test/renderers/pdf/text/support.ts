import { FallbackFonts } from '../../../../lambdas/renderers/pdf/fonts/fallback.ts';
import { harfBuzz } from '../../../../lambdas/renderers/pdf/fonts/harfbuzz.ts';
import { Subset } from '../../../../lambdas/renderers/pdf/fonts/subset.ts';
import { withLibraries } from '../../../../lambdas/renderers/pdf/late-library.ts';
import { directionsOf } from '../../../../lambdas/renderers/pdf/text/bidi/levels.ts';
import { brokenByRules } from '../../../../lambdas/renderers/pdf/text/break-lines.ts';
import { TextShaper } from '../../../../lambdas/renderers/pdf/text/shaper.ts';
import { Typeface } from '../../../../lambdas/renderers/pdf/text/typeface.ts';
import { Typesetter } from '../../../../lambdas/renderers/pdf/text/typesetter.ts';

/** What sets the text of one document, with all of its libraries loaded. */
export async function typesetting(): Promise<{ setter: Typesetter; typeface: Typeface }> {
  await withLibraries(() => {
    harfBuzz();
    directionsOf('a', 0);
    return [...brokenByRules('a-b')];
  });
  let subsets = 0;
  const open = (): Subset => {
    subsets += 1;
    return new Subset(subsets);
  };
  const typeface = new Typeface('regular', open, new FallbackFonts('en-US'), () => undefined);
  return { setter: new Typesetter(new TextShaper(false)), typeface };
}
