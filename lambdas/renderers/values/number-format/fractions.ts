import { formatLibraries } from './library.ts';
import { LOCALE_NAME } from './locale-data.ts';
import type { Piece, Section } from './pattern.ts';

/** Where a section of a format writes a fraction, `# ?/?` or `?/16`: positions among its tokens. */
interface Fraction {
  /** Of the digits of the integer part; empty where the fraction is improper. */
  readonly integer: readonly [from: number, end: number];
  readonly numerator: number;
  /** A denominator that the format gives, or how many digits one may have. */
  readonly denominator: number | undefined;
  readonly digits: number;
}

const isDigit = ({ kind, text }: Piece): boolean => kind === 'number' && /^[0#?]$/.test(text);
const isInteger = (token: Piece): boolean => isDigit(token) || (token.kind === 'number' && token.text === ',');

function fractionOf(section: Section): Fraction | undefined {
  if (section.some(({ kind }) => kind === 'date')) return undefined;
  const slash = section.findIndex(({ kind, text }) => kind === 'number' && text.startsWith('/'));
  const last = section.findLastIndex((token, i) => i < slash && isDigit(token));
  if (last < 0) return undefined;
  const numerator = section.findLastIndex((token, i) => i < last && !isDigit(token)) + 1;
  const from = section.findIndex(isDigit);
  const end = from < numerator ? section.findIndex((token, i) => i > from && !isInteger(token)) : from;
  const given = Number(section[slash]?.text.slice(1));
  const start = section.findIndex((token, i) => i > slash && isDigit(token));
  const digits = section.findIndex((token, i) => i > start && !isDigit(token));
  return {
    integer: [from, end],
    numerator,
    denominator: given > 0 ? given : undefined,
    digits: (digits < 0 ? section.length : digits) - start,
  };
}

/** Below this part of one, numfmt rounds no integer up. */
const SAFE_PART = 0.9;

/**
 * A section and a number that numfmt writes as Excel would. Left to itself it rounds the integer part alone, so that
 * 2.96 would be `3 24/25`, and 1.005 no fraction at all: a number is rounded here to what the section can say, and its
 * integer part written in where need be.
 * @returns `undefined` where the section writes no fraction
 */
export function roundedToFraction(section: Section, value: number): { section: Section; value: number } | undefined {
  const fraction = fractionOf(section);
  if (fraction === undefined) return undefined;
  const sign = value < 0 ? -1 : 1;
  const whole = Math.floor(Math.abs(value));
  const [numerator, denominator] = nearest(Math.abs(value) - whole, fraction);
  const part = numerator / denominator;
  const isImproper = fraction.integer[0] === fraction.integer[1];
  if (isImproper || part < SAFE_PART || part === 1) return { section, value: sign * (whole + part) };
  return { section: withInteger(section, fraction, whole), value: sign * part };
}

function nearest(part: number, { denominator, digits }: Fraction): [numerator: number, denominator: number] {
  if (denominator !== undefined) return [Math.round(part * denominator), denominator];
  return formatLibraries().numfmt.dec2frac(part, Number.POSITIVE_INFINITY, digits);
}

/** A fill parts the integer from the numerator, whose neighbour numfmt leaves out where it knows of no integer. */
const APART: Piece = { kind: 'modifier', text: '* ' };

function withInteger(section: Section, { integer: [from, end], numerator }: Fraction, whole: number): Section {
  const texts = (from: number, end: number) =>
    section
      .slice(from, end)
      .map(({ text }) => text)
      .join('');
  const integer = formatLibraries().numfmt.format(texts(from, end), whole, { locale: LOCALE_NAME });
  const written: Piece = { kind: 'value', text: integer + texts(end, numerator) };
  return [...section.slice(0, from), written, APART, ...section.slice(numerator)];
}
