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
