import { writeFraction10, writeInteger } from './digits.ts';

const DAY = 86_400_000;
/** 1970-01-01 as a serial number of the 1900 date system. */
const EPOCH = 25_569;
/** 1900-03-01. Before it readers disagree, because Excel counts a 29 February 1900 that never was. */
export const FIRST_SERIAL = 61;
/** The day after 9999-12-31. */
export const END_SERIAL = 2_958_466;

/** A wall clock (ms, as if it were UTC) as days since 1899-12-30. Outside {@link FIRST_SERIAL} … it must stay text. */
export function serialDate(wallClock: number): number {
  return wallClock / DAY + EPOCH;
}

/** Days are written with ten decimals: that is 9 µs, and five bytes less than the shortest exact form. */
const STEPS = 1e10;
/** What the fraction of a serial date may be off by, in steps. */
const NOISE = 0.2;
/** 5¹⁰: fractions of so many steps are sums of halves, which a double holds exactly. */
const EXACT = 9_765_625;

/**
 * The fraction of a time of day in steps, never less than it is: LibreOffice cuts where it shows no seconds, and would
 * show 14:23 for a number that is a hair below 14:24.
 */
function timeSteps(fraction: number): number {
  const steps = Math.ceil(fraction * STEPS - NOISE);
  const isHit = steps - fraction * STEPS < NOISE;
  return isHit && steps % EXACT !== 0 ? steps + 1 : steps;
}

/** A serial date as its cell stores it. */
export function roundedTime(days: number): number {
  const whole = Math.floor(days);
  return whole + timeSteps(days - whole) / STEPS;
}

/** Writes a serial date. */
export function writeTime(view: DataView, position: number, days: number): number {
  const whole = Math.floor(days);
  return writeSteps(view, position, whole, timeSteps(days - whole));
}

/** Writes a duration in days. */
export function writeDays(view: DataView, position: number, days: number): number {
  const whole = Math.floor(days);
  return writeSteps(view, position, whole, Math.round((days - whole) * STEPS));
}

function writeSteps(view: DataView, position: number, whole: number, steps: number): number {
  if (steps === STEPS) return writeInteger(view, position, whole + 1);
  const at = writeInteger(view, position, whole);
  if (steps === 0) return at;
  view.setUint8(at, 46);
  return writeFraction10(view, at + 1, steps);
}
