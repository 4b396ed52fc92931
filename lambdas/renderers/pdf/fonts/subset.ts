import { utf16 } from '../utf16.ts';
import type { Sfnt } from './sfnt.ts';
import { buildTrueType, type GlyphSource } from './truetype.ts';

/** Codes that never need an escape in a PDF string literal; 0 stays `.notdef`, 1 marks "needs layout" (see Typeface). */
const RESERVED = new Set([0, 1, 10, 13, 40, 41, 92]);
const CODES = Array.from({ length: 256 }, (_, code) => code).filter((code) => !RESERVED.has(code));
const ASCII = new Set(CODES.filter((code) => code >= 32 && code < 127));
const OTHERS = CODES.filter((code) => !ASCII.has(code));

/** Up to 249 glyphs that share a font resource of one-byte codes. ASCII keeps its own codes, so streams can be read. */
export class Subset {
  /** Its number over all typefaces; the resource is called `F` and this number. */
  readonly index: number;
  readonly #glyphs: (GlyphSource | undefined)[] = new Array(256);
  readonly #texts: (string | undefined)[] = new Array(256);
  readonly #spare = OTHERS.slice().reverse();
  readonly #spareAscii = [...ASCII].reverse();

  constructor(index: number) {
    this.index = index;
  }

  /** @returns the code, or `undefined` when the subset is full */
  add(source: GlyphSource, text: string): number | undefined {
    const wanted = text.length === 1 ? text.charCodeAt(0) : 0;
    const own = ASCII.has(wanted) && this.#glyphs[wanted] === undefined;
    const code = own ? wanted : this.#takeSpare();
    if (code === undefined) return undefined;
    this.#glyphs[code] = source;
    this.#texts[code] = text;
    return code;
  }

  #takeSpare(): number | undefined {
    const code = this.#spare.pop();
    if (code !== undefined) return code;
    for (let last = this.#spareAscii.pop(); last !== undefined; last = this.#spareAscii.pop()) {
      if (this.#glyphs[last] === undefined) return last;
    }
    return undefined;
  }

  program(notdef: GlyphSource, metrics: Sfnt): Uint8Array {
    return buildTrueType(this.#glyphs, notdef, metrics);
  }

  /** Advances of the codes from `first` on, in 1/1000 em; 0 where a code is free. */
  widths(): { first: number; widths: number[] } {
    const used = CODES.filter((code) => this.#glyphs[code] !== undefined);
    const first = used[0] ?? 0;
    const last = used.at(-1) ?? 0;
    const widths = Array.from({ length: last - first + 1 }, (_, i) => {
      const source = this.#glyphs[first + i];
      return source === undefined ? 0 : source.font.advance(source.glyph);
    });
    return { first, widths };
  }

  /** A CMap that gives back the text of each code (ISO 32000-1, 9.10.3). */
  toUnicode(): string {
    const lines = CODES.filter((code) => this.#texts[code] !== undefined).map(
      (code) => `<${hex(code, 2)}><${utf16(this.#texts[code] as string)}>`,
    );
    const blocks: string[] = [];
    for (let i = 0; i < lines.length; i += 100) {
      const block = lines.slice(i, i + 100);
      blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
    }
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00><ff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
