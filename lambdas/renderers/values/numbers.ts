import type { Cell } from '../../domain/cells.ts';

/**
 * A plain decimal number as CSV and JSON write it: no group signs, no hexadecimal, no `Infinity`. No two of its repeats
 * can share the same digits, or a long text that is no number would take quadratic time.
 */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;

/** Every decimal of up to this many significant digits survives the way to a double and back (IEEE 754, DBL_DIG). */
const SAFE_DIGITS = 15;

/** The value of a number, or of a string that writes one exactly; `NaN` for all else (see {@link CellParser}). */
export function parseNumber(cell: Exclude<Cell, null>): number {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string') return Number.NaN;
  return parseDecimal(cell);
}

/** As {@link parseNumber}, and `'12.5%'` is 0.125. */
export function parsePercent(cell: Exclude<Cell, null>): number {
  if (typeof cell === 'string' && cell.endsWith('%')) {
    const digits = cell.slice(0, -1).trim();
    // Shifting the exponent in the text is exact; dividing by 100 is not.
    return /[eE]/.test(digits) ? parseDecimal(digits) / 100 : parseDecimal(digits, 'e-2');
  }
  return parseNumber(cell);
}

function parseDecimal(text: string, exponent = ''): number {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed)) return Number.NaN;
  const value = Number(trimmed + exponent);
  if (trimmed.length <= SAFE_DIGITS && value !== 0 && Number.isFinite(value)) return value;
  return holdsExactly(trimmed, value) ? value : Number.NaN;
}

/** Whether the double still has the same digits as the text. 1e400 and 9007199254740993 do not. */
function holdsExactly(text: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  const written = significantDigits(text);
  if (written.length <= SAFE_DIGITS) return value !== 0 || written === '';
  // Many languages write a double with seventeen digits: 0.10000000000000001 is 0.1, and no other double.
  return written === significantDigits(String(value)) || written === significantDigits(value.toPrecision(17));
}

/** `'-00120.50e3'` → `'1205'`: mantissa digits without sign, point, exponent, and zeros at either end. */
function significantDigits(text: string): string {
  const digits = text.replace(/[eE].*$/, '').replace(/[^0-9]/g, '');
  let start = 0;
  while (digits[start] === '0') start += 1;
  // Not `/0+$/`: it tries every zero of a text as the first of the last ones.
  let end = digits.length;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return digits.slice(start, end);
}
