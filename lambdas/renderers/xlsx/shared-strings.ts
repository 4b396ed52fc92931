import { escapeCodes, escapeXml } from './cell-text.ts';
import { MAIN, XML } from './sheet-frame.ts';

/**
 * The texts of titles and headers, which stay in memory until the end. Cells of data hold their texts themselves: a
 * table of them would grow with the rows.
 */
export class SharedStrings {
  readonly #numbers = new Map<string, number>();
  #count = 0;

  /** A cell that shows a clean text. @param place `undefined`: it follows the cell before it */
  cell(place: string | undefined, style: number, text: string): string {
    const open = `<c${place === undefined ? '' : ` r="${place}"`} s="${style}"`;
    return text === '' ? `${open}/>` : `${open} t="s"><v>${this.#numberOf(text)}</v></c>`;
  }

  /** The part `xl/sharedStrings.xml`. */
  get xml(): string {
    const items = Array.from(
      this.#numbers.keys(),
      (text) => `<si><t xml:space="preserve">${escapeXml(escapeCodes(text))}</t></si>`,
    );
    const counts = `count="${this.#count}" uniqueCount="${items.length}"`;
    return `${XML}<sst xmlns="${MAIN}" ${counts}>${items.join('')}</sst>`;
  }

  #numberOf(text: string): number {
    this.#count += 1;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}
