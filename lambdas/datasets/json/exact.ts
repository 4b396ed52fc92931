/** What {@link JSON.parse} may round: sixteen digits in a row, or an exponent beyond a double. */
const RISKY = /\d{16}|\d[eE]\+?\d{3}/;

/** Strings, which are skipped, and numbers. Unrolled, so that a long string needs no stack. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** An integer, or the integer part of a decimal, that has so many digits is not held by every double. */
const SAFE_DIGITS = 15;

/**
 * Parses JSON and keeps every digit: an integer that a double would round, and a number beyond its range, comes as the
 * text that stands there.
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(RISKY.test(text) ? text.replace(TOKEN, kept) : text);
}

function kept(token: string): string {
  if (token.startsWith('"')) return token;
  const value = Number(token);
  if (!Number.isFinite(value)) return `"${token}"`;
  const digits = /^-?(\d+)/.exec(token)?.[1] ?? '';
  if (digits.length <= SAFE_DIGITS || /[eE]/.test(token)) return token;
  return sameDigits(token, value) ? token : `"${token}"`;
}

/** `1e21` and beyond are written with an exponent and then count as different, as they should. */
function sameDigits(token: string, value: number): boolean {
  return String(value) === token.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
