import { Buffer } from 'node:buffer';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** The four ASCII digits of 0 … 9999, padded with zeros, as little-endian words: four bytes leave with one store. */
const FOUR = new Uint32Array(10_000);
for (let n = 0; n < 10_000; n += 1) FOUR[n] = Buffer.from(String(n).padStart(4, '0')).readUInt32LE();

/**
 * Writes a number in the shortest decimal form that reads back as the same double. Up to 12 bytes after the
 * returned position may be overwritten.
 * @param value finite
 * @returns the position after it
 */
export function writeNumber(view: DataView, position: number, value: number): number {
  let at = position;
  let n = value;
  if (n < 0) {
    view.setUint8(at++, MINUS);
    n = -n;
  }
  if (n < 1e11) {
    const whole = Math.floor(n);
    if (whole === n) return writeInteger(view, at, whole);
    // A quotient of two exact integers is rounded just as reading the decimal would be: equal means exact.
    const cents = Math.round(n * 100);
    if (cents / 100 === n) return writeDecimal(view, at, cents, 100);
    const millionths = Math.round(n * 1e6);
    if (n < 1e9 && millionths / 1e6 === n) return writeDecimal(view, at, millionths, 1e6);
    if (n < SHORTEST_BELOW && n >= SHORTEST_FROM) return writeShortest(view, at, n);
  }
  return writeAscii(view, at, String(n));
}

/** Where {@link writeShortest} works: its steps are exact only there. */
const SHORTEST_FROM = 2 ** -7;
const SHORTEST_BELOW = 1e7;

const POWERS = Float64Array.from({ length: 21 }, (_, n) => 10 ** n);
/** Half the distance of neighbouring doubles from 2^(i-7) on, a little less because it is compared with what was rounded. */
const HALF_GAPS = Float64Array.from({ length: 32 }, (_, i) => 2 ** (i - 60) * (1 - 2 ** -10));
const HALF_BITS = 2 ** 26;

/**
 * Writes a fraction as `String` does, four times as fast: 15 significant digits, or 16, or 17, whichever is the first
 * that is surely nearer to `n` than to any other double.
 */
function writeShortest(view: DataView, position: number, n: number): number {
  let whole = Math.floor(n);
  const fraction = n - whole;
  // fraction × 10^8 without an error: each half has so few bits that its product fits a double.
  const top = Math.floor(fraction * HALF_BITS) / HALF_BITS;
  const product = top * 1e8;
  let high = Math.floor(product);
  let rest = product - high + (fraction - top) * 1e8;
  if (rest >= 1) {
    const carry = Math.floor(rest);
    high += carry;
    rest -= carry;
  }
  const places = 9 - wholeDigits(n);
  let low = shortestDigits(rest * (POWERS[places] as number), halfGap(n) * (POWERS[places + 8] as number));
  if (low >= (POWERS[places] as number)) {
    low -= POWERS[places] as number;
    high += 1;
    if (high === 1e8) {
      high = 0;
      whole += 1;
    }
  }
  let at = writeInteger(view, position, whole);
  view.setUint8(at++, POINT);
  at = writePadded8(view, at, high);
  writePadded12(view, at, low * (POWERS[12 - places] as number));
  at += places;
  while (view.getUint8(at - 1) === ZERO) at -= 1;
  return at;
}

/** @returns `digits` rounded to hundreds, tens or ones, whichever first comes nearer than `within` */
function shortestDigits(digits: number, within: number): number {
  const hundreds = Math.round(digits / 100) * 100;
  if (Math.abs(hundreds - digits) < within) return hundreds;
  const tens = Math.round(digits / 10) * 10;
  return Math.abs(tens - digits) < within ? tens : Math.round(digits);
}

/** Significant digits before the point; negative by the zeros behind it. */
function wholeDigits(n: number): number {
  if (n < 1) return n >= 0.1 ? 0 : n >= 0.01 ? -1 : -2;
  if (n < 1000) return n < 10 ? 1 : n < 100 ? 2 : 3;
  return n < 1e4 ? 4 : n < 1e5 ? 5 : n < 1e6 ? 6 : 7;
}

function halfGap(n: number): number {
  return HALF_GAPS[31 - Math.clz32(n * 128)] as number;
}

function writePadded12(view: DataView, position: number, value: number): void {
  const high = Math.floor(value / 1e8);
  view.setUint32(position, FOUR[high] as number, true);
  writePadded8(view, position + 4, value - high * 1e8);
}

/** Writes an integer from 0 to 2^53. */
export function writeInteger(view: DataView, position: number, value: number): number {
  if (value < 10_000) return writeLeading(view, position, value);
  if (value < 100_000_000) {
    const high = (value / 10_000) | 0;
    const at = writeLeading(view, position, high);
    view.setUint32(at, FOUR[value - high * 10_000] as number, true);
    return at + 4;
  }
  const high = Math.floor(value / 100_000_000);
  const at = writeInteger(view, position, high);
  return writePadded8(view, at, value - high * 100_000_000);
}

/** Writes `value / scale` for a scale that is a power of ten, without zeros at the end. */
export function writeDecimal(view: DataView, position: number, value: number, scale: number): number {
  const whole = Math.floor(value / scale);
  let at = writeInteger(view, position, whole);
  view.setUint8(at++, POINT);
  let rest = value - whole * scale;
  for (let unit = scale / 10; rest > 0; unit /= 10) {
    const digit = Math.floor(rest / unit);
    view.setUint8(at++, ZERO + digit);
    rest -= digit * unit;
  }
  return at;
}

/** Writes digits of a fraction of a day, 0 < value < 1e10, with the leading zeros of ten places and none at the end. */
export function writeFraction10(view: DataView, position: number, value: number): number {
  const high = Math.floor(value / 100);
  let at = writePadded8(view, position, high);
  const low = value - high * 100;
  view.setUint8(at++, ZERO + ((low / 10) | 0));
  view.setUint8(at++, ZERO + (low % 10));
  while (view.getUint8(at - 1) === ZERO) at -= 1;
  return at;
}

function writePadded8(view: DataView, position: number, value: number): number {
  const high = (value / 10_000) | 0;
  view.setUint32(position, FOUR[high] as number, true);
  view.setUint32(position + 4, FOUR[value - high * 10_000] as number, true);
  return position + 8;
}

function writeLeading(view: DataView, position: number, value: number): number {
  const length = value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4;
  view.setUint32(position, (FOUR[value] as number) >>> (8 * (4 - length)), true);
  return position + length;
}

function writeAscii(view: DataView, position: number, text: string): number {
  for (let i = 0; i < text.length; i += 1) view.setUint8(position + i, text.charCodeAt(i));
  return position + text.length;
}
