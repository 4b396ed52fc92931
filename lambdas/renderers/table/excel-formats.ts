import { type PatternPart, withoutMarks } from '../values/locale.ts';
import type { Affix, Affixes, NumberStyle } from '../values/number-style.ts';

// Number formats are written in the notation that files store whatever the reader's language: `,` and `.` stand for the
// reader's own signs.

/** A number with so many digits after the decimal sign. */
export function decimalFormat(digits: number): string {
  return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
}

/** A number with what the locale sets before and behind it; with a section for negative ones where that moves. */
export function styledFormat(style: NumberStyle, digits: number): string {
  const positive = withAffixes(style.positive, digits);
  const negative = withAffixes(style.negative, digits);
  // Left to itself, a negative number gets its sign before all else.
  return negative === `-${positive}` ? positive : `${positive};${negative}`;
}

function withAffixes({ before, after }: Affixes, digits: number): string {
  const codes = (affixes: readonly Affix[]): string => affixes.map(affixCode).join('');
  return codes(before) + decimalFormat(digits) + codes(after);
}

function affixCode({ kind, text }: Affix): string {
  switch (kind) {
    case 'minus':
      return '-';
    case 'percent':
      return '%';
    case 'currency':
      return `[$${withoutMarks(text).replace(/[[\]-]/g, '')}]`;
    case 'literal': {
      const plain = withoutMarks(text).replace(/\s/g, '\u00a0');
      return /^\u00a0*$/.test(plain) ? plain : literal(plain);
    }
  }
}

const CODES: Record<PatternPart['type'], string> = {
  day: 'dd',
  month: 'mm',
  year: 'yyyy',
  hour: 'hh',
  minute: 'mm',
  dayPeriod: 'AM/PM',
  literal: '',
};

/** A date or a time as the request's locale lays it out: a reader would show the built-in formats by its own. */
export function patternFormat(parts: readonly PatternPart[]): string {
  return parts.map((part) => (part.type === 'literal' ? literal(withoutMarks(part.text)) : CODES[part.type])).join('');
}

/** The signs that stand for themselves in a format need no quotes; words like the Bulgarian `г.` do. */
function literal(text: string): string {
  return /^[-/.: ]*$/.test(text) ? text : `"${text.replaceAll('"', '')}"`;
}

/** Formats that have numbers of their own in Excel, by which each reader sees what his system is set to. */
const BY_SYSTEM: Readonly<Record<string, string>> = {
  'mm-dd-yy': 'mm-dd-yy;@',
  'm/d/yy "h":mm': 'm/d/yy "h":mm;@',
  'mmss.0': 'mmss.0;@',
  '#,##0 ;(#,##0)': '#,##0\\ ;(#,##0)',
  '#,##0 ;[Red](#,##0)': '#,##0\\ ;[Red](#,##0)',
  '#,##0.00 ;(#,##0.00)': '#,##0.00\\ ;(#,##0.00)',
  '#,##0.00 ;[Red](#,##0.00)': '#,##0.00\\ ;[Red](#,##0.00)',
};

/** A request's own format, written so that it is shown as it says. */
export function ownFormat(format: string): string {
  return BY_SYSTEM[format] ?? format;
}
