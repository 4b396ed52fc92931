import { type DecimalStyle, inLastDigits } from '../../values/decimal-display.ts';
import { ADVANCE_SHIFT, CODE_MASK, NEEDS_LAYOUT, SUBSET_MASK, type Typeface } from './typeface.ts';

/** Beyond this, digits are taken off by division in floating point, and text is as fast. */
const LIMIT = 2 ** 31;

/**
 * Sets numbers of one column straight from their value to codes: no text in between, since most cells of a report are
 * numbers. It writes what `decimal` writes (see values/decimal-display.ts).
 */
export class NumberSetter {
  /** Of the number set last, in 1/1000 em. */
  width = 0;
  readonly subset: number;
  readonly #style: DecimalStyle;
  readonly #power: number;
  readonly #codes = new Uint8Array(10);
  readonly #advances = new Uint32Array(10);
  readonly #group: number;
  readonly #decimal: number;
  readonly #minus: number;

  /** @returns `undefined` where one code for each sign does not do @throws `LibraryNeeded` */
  static for(style: DecimalStyle | undefined, typeface: Typeface): NumberSetter | undefined {
    if (style === undefined) return undefined;
    // A left-to-right mark asks for what is done here anyway; the other ones need the order of the whole text.
    const minus = style.minus.replaceAll('\u200e', '');
    const signs = [...style.digits, style.group || '0', style.decimal, minus];
    if (signs.some((sign) => sign.length !== 1)) return undefined;
    const slots = signs.map((sign) => typeface.slot(sign.charCodeAt(0)));
    const subset = (slots[0] as number) & SUBSET_MASK;
    if (slots.some((slot) => slot === NEEDS_LAYOUT || (slot & SUBSET_MASK) !== subset)) return undefined;
    return new NumberSetter(style, slots);
  }

  private constructor(style: DecimalStyle, slots: readonly number[]) {
    this.#style = style;
    this.#power = 10 ** style.fraction;
    this.subset = ((slots[0] as number) & SUBSET_MASK) >> 8;
    for (let digit = 0; digit < 10; digit += 1) {
      this.#codes[digit] = (slots[digit] as number) & CODE_MASK;
      this.#advances[digit] = (slots[digit] as number) >>> ADVANCE_SHIFT;
    }
    [this.#group, this.#decimal, this.#minus] = slots.slice(10) as [number, number, number];
  }

  /** Writes a number so that it ends at `end`. @returns where it begins, or -1 where this cannot be done */
  set(value: number, out: Uint8Array, end: number): number {
    const { fraction, group, grouping, groupingFrom } = this.#style;
    const scaled = inLastDigits(Math.abs(value), this.#power, fraction);
    if (!(scaled < LIMIT)) return -1;
    let at = end;
    let rest = scaled;
    this.width = 0;
    for (let i = 0; i < fraction; i += 1) {
      at -= 1;
      rest = this.#digit(rest, out, at);
    }
    if (fraction > 0) at = this.#sign(this.#decimal, out, at);
    const least = groupingFrom === 5 && rest < 10_000 ? 5 : 0;
    let left = group === '' || least > 0 ? -1 : (grouping[0] ?? 3);
    do {
      if (left === 0) {
        at = this.#sign(this.#group, out, at);
        left = grouping[1] ?? grouping[0] ?? 3;
      }
      at -= 1;
      rest = this.#digit(rest, out, at);
      left -= 1;
    } while (rest > 0);
    return value < 0 && scaled !== 0 ? this.#sign(this.#minus, out, at) : at;
  }

  #digit(rest: number, out: Uint8Array, at: number): number {
    const next = (rest / 10) | 0;
    const digit = rest - next * 10;
    out[at] = this.#codes[digit] as number;
    this.width += this.#advances[digit] as number;
    return next;
  }

  #sign(slot: number, out: Uint8Array, at: number): number {
    out[at - 1] = slot & CODE_MASK;
    this.width += slot >>> ADVANCE_SHIFT;
    return at - 1;
  }
}
