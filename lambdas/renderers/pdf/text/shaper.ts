import type { Line } from './line.ts';
import type { Fallback, Typeface } from './typeface.ts';
import type { Shaper } from './typesetter.ts';
export class TextShaper implements Shaper {
  constructor(_f: Fallback, _rtl: boolean) {}
  async load(): Promise<void> {}
  line(text: string, typeface: Typeface): Line | undefined {
    const slot = typeface.missing(text.codePointAt(0) ?? 63);
    return {
      width: slot >>> 18,
      segments: [{ subset: (slot >> 8) & 0x3ff, show: Buffer.from([40, slot & 255, 41, 84, 106]) }],
    };
  }
}
