import { type Piece, readParts, type Section } from './pattern.ts';

/** Excel keeps a double as it is and shows fifteen digits of it; zeros stand for the rest. */
const DIGITS = 15;

/** Whether Excel would show other digits by a format than a number has. */
export type DigitCheck = (value: number) => boolean;

/** @param format one that is a number format */
export function changedDigits(format: string): DigitCheck {
  const decimals = decimalsOf(format);
  if (decimals === undefined) return () => false;
  const limit = shortNumbers(format);
  return (value) => {
    if (value > -limit && value < limit) return false;
    const shown = Number(value.toPrecision(DIGITS));
    return shown !== value && shown.toFixed(decimals) !== value.toFixed(decimals);
  };
}

/** Numbers nearer to zero than this have no more than fifteen digits that a format shows. */
export function shortNumbers(format: string): number {
  const decimals = decimalsOf(format);
  return decimals === undefined ? Number.POSITIVE_INFINITY : 10 ** (DIGITS - decimals);
}

/** How many decimals of a number a format shows, 0 to 100; `undefined` where it rounds to digits of its own choice. */
function decimalsOf(format: string): number | undefined {
  const decimals = readParts(format)?.sections.map(sectionDecimals) ?? [];
  if (decimals.some((count) => count === undefined)) return undefined;
  return Math.min(100, Math.max(0, ...decimals.map((count) => count ?? 0)));
}

function sectionDecimals(section: Section): number | undefined {
  const has = (test: (piece: Piece) => boolean): boolean => section.some(test);
  if (has(({ kind, text }) => kind === 'exponent' || kind === 'date' || (kind === 'number' && text.startsWith('/')))) {
    return undefined;
  }
  const isDigit = ({ kind, text }: Piece): boolean => kind === 'number' && /^[0#?]$/.test(text);
  const point = section.findIndex(({ kind, text }) => kind === 'number' && text === '.');
  const last = section.findLastIndex(isDigit);
  const decimals = point < 0 ? 0 : section.slice(point).filter(isDigit).length;
  const percents = section.filter(({ kind, text }) => kind === 'number' && text === '%').length;
  const thousands = section.slice(last + 1).filter(({ kind, text }) => kind === 'number' && text === ',').length;
  return decimals + 2 * percents - 3 * thousands;
}
