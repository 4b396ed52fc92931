import type { Fallback } from '../text/typeface.ts';
import type { GlyphSource } from './truetype.ts';

export class FallbackFonts implements Fallback {
  constructor(_locale: string) {}
  find(): GlyphSource | undefined {
    return undefined;
  }
}
