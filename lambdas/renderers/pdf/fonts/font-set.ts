import { deflateSync } from 'node:zlib';
import type { PdfFile } from '../file/pdf-file.ts';
import { Typeface } from '../text/typeface.ts';
import type { FallbackFonts } from './fallback.ts';
import type { Weight } from './open-fonts.ts';
import { Subset } from './subset.ts';

/** The fonts of one document: a typeface per weight, and the subsets that they have opened. */
export class FontSet {
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly #subsets: { subset: Subset; weight: Weight; number: number }[] = [];
  readonly #file: PdfFile;

  constructor(file: PdfFile, fallback: FallbackFonts, onMissing: (codePoint: number) => void) {
    this.#file = file;
    this.regular = new Typeface('regular', () => this.#open('regular'), fallback, onMissing);
    this.bold = new Typeface('bold', () => this.#open('bold'), fallback, onMissing);
  }

  #open(weight: Weight): Subset {
    const subset = new Subset(this.#subsets.length + 1);
    this.#subsets.push({ subset, weight, number: this.#file.allocate() });
    return subset;
  }

  /** Entries of a `/Font` resource dictionary. */
  resources(): string {
    return this.#subsets.map(({ subset, number }) => `/F${subset.index} ${number} 0 R`).join('');
  }

  /** Writes every font, once all text has been set. */
  write(): void {
    for (const { subset, weight, number } of this.#subsets) this.#writeSubset(subset, this[weight], number);
  }

  #writeSubset(subset: Subset, typeface: Typeface, number: number): void {
    const file = this.#file;
    const [program, descriptor, unicode] = [file.allocate(), file.allocate(), file.allocate()];
    const name = `${tagOf(subset.index)}+NotoSans-${typeface.weight === 'bold' ? 'Bold' : 'Regular'}`;
    const { first, widths } = subset.widths();
    const data = subset.program(typeface.notdef, typeface.base);
    file.stream(program, `/Length1 ${data.length}/Filter/FlateDecode`, deflateSync(data));
    file.compressed(unicode, '', Buffer.from(subset.toUnicode(), 'latin1'));
    file.object(
      descriptor,
      `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[-1000 -500 3000 1200]/ItalicAngle 0/Ascent ${typeface.base.ascent}/Descent ${typeface.base.descent}/CapHeight 714/StemV ${typeface.weight === 'bold' ? 140 : 80}/FontFile2 ${program} 0 R>>`,
    );
    file.object(
      number,
      `<</Type/Font/Subtype/TrueType/BaseFont/${name}/FirstChar ${first}/LastChar ${first + widths.length - 1}/Widths[${widths.join(' ')}]/FontDescriptor ${descriptor} 0 R/ToUnicode ${unicode} 0 R>>`,
    );
  }
}

/** Six letters that set a subset apart from others of its font (ISO 32000-1, 9.6.4). */
function tagOf(index: number): string {
  let rest = index;
  let tag = '';
  for (let i = 0; i < 6; i += 1) {
    tag = String.fromCharCode(65 + (rest % 26)) + tag;
    rest = Math.floor(rest / 26);
  }
  return tag;
}
