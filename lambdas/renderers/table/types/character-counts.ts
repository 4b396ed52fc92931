/** Characters of a number's integer part, with sign and group separators. */
export function integerLength(value: number): number {
  const digits = Math.max(1, Math.ceil(Math.log10(Math.abs(value) + 1)));
  return digits + Math.floor((digits - 1) / 3) + (value < 0 ? 1 : 0);
}
