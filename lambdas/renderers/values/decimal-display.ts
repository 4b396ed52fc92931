import { affixTexts, type NumberStyle } from './number-style.ts';

/** A value that has been read (see `CellParser`) as a person reads it. */
export type ValueDisplay = (value: number) => string;

/** How {@link decimal} writes plain numbers, for those who do it without a string in between. */
export interface DecimalStyle extends NumberStyle {
  readonly minus: string;
  /** Digits after the decimal sign. */
  readonly fraction: number;
}

/**
 * Writes a number with exactly `fraction` digits after the decimal sign, rounded half away from zero; what is rounded
 * to zero has no sign.
 * @param shift powers of ten by which the number is raised: 2 for percent
 */
export function decimal(style: NumberStyle, fraction: number, shift = 0): ValueDisplay {
  const unit = 10 ** fraction;
  const places = fraction + shift;
  const power = 10 ** places;
  const local = localDigits(style);
  const grouped = grouper(style);
  const [before, after] = affixTexts(style.positive);
  const [minus, behind] = affixTexts(style.negative);
  return (value) => {
    const size = Math.abs(value);
    const scaled = inLastDigits(size, power, places);
    let text: string;
    if (scaled >= 0) {
      const whole = Math.floor(scaled / unit);
      text = whole < 1000 ? String(whole) : grouped(String(whole));
      if (fraction > 0) text += style.decimal + String(scaled - whole * unit + unit).slice(1);
    } else {
      text = long(size, fraction, places, style.decimal, grouped);
    }
    return value < 0 && scaled !== 0 ? minus + local(text) + behind : before + local(text) + after;
  };
}

/** Below this, a number in units of its last digit is exact enough to be rounded as an integer. */
const MOST_UNITS = 2 ** 49;
/** By how much a product of two doubles may be off, with the decimal that the first one stands for. */
const DOUBT = 4 * Number.EPSILON;

/**
 * A number in units of the last digit that is shown, rounded half away from zero.
 * @param power ten to the power of `places`
 * @returns `NaN` where a double cannot hold it
 */
export function inLastDigits(size: number, power: number, places: number): number {
  const product = size * power;
  if (!(product < MOST_UNITS)) return Number.NaN;
  const whole = Math.floor(product);
  const rest = product - whole;
  if (Math.abs(rest - 0.5) > (product + 1) * DOUBT) return rest < 0.5 ? whole : whole + 1;
  // So near to a half that the digits decide, of which 1.005 has others than the double that stands for it.
  return Number(lastDigits(size, places));
}

/** The same from the shortest digits that say the number, as long as they may be. */
function lastDigits(size: number, places: number): string {
  const [mantissa = '0', exponent = '0'] = String(size).split('e');
  const [integer = '0', rest = ''] = mantissa.split('.');
  const digits = integer + rest;
  const end = integer.length + Number(exponent) + places;
  if (end < 0) return '0';
  const kept = BigInt(digits.slice(0, end).padEnd(end, '0') || '0');
  return String((digits[end] ?? '0') >= '5' ? kept + 1n : kept);
}

function long(
  size: number,
  fraction: number,
  places: number,
  decimal: string,
  grouped: (digits: string) => string,
): string {
  if (size === Number.POSITIVE_INFINITY) return '∞';
  const digits = lastDigits(size, places).padStart(fraction + 1, '0');
  const whole = digits.length - fraction;
  return grouped(digits.slice(0, whole)) + (fraction > 0 ? decimal + digits.slice(whole) : '');
}

function grouper({ group, grouping, groupingFrom }: NumberStyle): (digits: string) => string {
  const [first = 3, second = first] = grouping;
  return (digits) => {
    if (digits.length < groupingFrom) return digits;
    let at = digits.length - first;
    let out = digits.slice(at);
    while (at > 0) {
      out = digits.slice(Math.max(0, at - second), at) + group + out;
      at -= second;
    }
    return out;
  };
}

/** The locale's own digits, where they are not ASCII. */
export function localDigits({ digits }: Pick<NumberStyle, 'digits'>): (text: string) => string {
  if (digits[1] === '1') return (text) => text;
  return (text) => text.replace(/[0-9]/g, (digit) => digits[Number(digit)] ?? digit);
}
