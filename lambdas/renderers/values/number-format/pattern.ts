import { type Language, readLanguage } from './language.ts';
import { type FormatToken, tokensOf } from './tokens.ts';

/** A number format, read: what it is made of, and what it needs to be shown. */
export interface FormatParts {
  readonly tokens: readonly FormatToken[];
  /** In the order of the tokens of that kind. */
  readonly languages: readonly Language[];
  /** The language of names, where the format says one: BCP 47. */
  readonly tag?: string;
  readonly isDate: boolean;
  /** Whether a day of the month stands beside the month. */
  readonly hasDay: boolean;
  /** `[h]`, `[m]` or `[s]`. */
  readonly hasElapsed: boolean;
  readonly hasCondition: boolean;
}

/** @returns `undefined` where it is no number format, or asks for a calendar or digits that are not shown here */
export function readParts(format: string): FormatParts | undefined {
  const tokens = tokensOf(format);
  if (tokens === undefined) return undefined;
  const languages = tokens.filter(({ kind }) => kind === 'language').map(({ text }) => readLanguage(text));
  if (!languages.every((language) => language !== undefined)) return undefined;
  const dates = tokens.filter(({ kind }) => kind === 'date').map(({ text }) => text.toLowerCase());
  const tag = languages.findLast((language) => language.tag !== undefined)?.tag;
  return {
    tokens,
    languages,
    ...(tag !== undefined && { tag }),
    isDate: dates.length > 0 || languages.some(({ system }) => system !== undefined),
    hasDay: dates.includes('d') || dates.includes('dd'),
    hasElapsed: dates.some((code) => code.startsWith('[')),
    hasCondition: tokens.some(({ kind }) => kind === 'condition'),
  };
}

/** How pieces of a format are to be written for numfmt. */
export interface PatternOptions {
  /** Applied to each text that stands for itself. */
  readonly literal: (text: string) => string;
  /** Stands for the year, whatever the date. */
  readonly year?: number;
}

/**
 * The format as numfmt reads it as Excel does: all that stands for itself in quotes, letters in one case, languages left
 * out, because there they would also change the decimal sign; and a hyphen that is no sign of a number as a hyphen.
 */
export function patternOf({ tokens, languages }: FormatParts, options: PatternOptions): string {
  let language = 0;
  const hyphens = hyphensOf(tokens);
  return tokens
    .map((token, i) => {
      if (token.kind === 'language') return languageCode(languages[language++] as Language, options);
      if (token.kind === 'minus') return hyphens.has(i) ? quoted('-') : '-';
      return code(token, options);
    })
    .join('');
}

function languageCode({ sign, system }: Language, { literal }: PatternOptions): string {
  if (system !== undefined) return system === 'date' ? '[$-F800]' : '[$-F400]';
  return sign === '' ? '' : quoted(literal(sign));
}

function code({ kind, text }: FormatToken, { literal, year }: PatternOptions): string {
  switch (kind) {
    case 'quoted':
    case 'escaped':
      return quoted(literal(text));
    case 'bare':
      return text === ' ' ? text : quoted(literal(text));
    case 'date':
      return dateCode(text, year);
    case 'none':
      return '';
    case 'exponent':
      return text.toUpperCase();
    default:
      return text;
  }
}

function dateCode(text: string, year: number | undefined): string {
  if (text.includes('/')) return text.toUpperCase();
  const code = text.toLowerCase();
  if (year === undefined || !/^[yeb]/.test(code)) return code;
  const shown = code.startsWith('b') ? year + 543 : year;
  const short = code.length <= 2 && !code.startsWith('e');
  return quoted(short ? String(shown % 100).padStart(2, '0') : String(shown).padStart(4, '0'));
}

function quoted(text: string): string {
  return text
    .split('"')
    .map((piece) => `"${piece}"`)
    .join('\\"');
}

/** A minus is a sign unless codes stand at both of its sides, as in `000-0000` and `yyyy-mm-dd`. */
function hyphensOf(tokens: readonly FormatToken[]): Set<number> {
  const hyphens = new Set<number>();
  const isCode = ({ kind, text }: FormatToken): boolean => kind === 'date' || (kind === 'number' && /[0#?]/.test(text));
  const ends = tokens.map((token, i) => (token.kind === 'section' ? i : -1)).filter((i) => i >= 0);
  tokens.forEach((token, i) => {
    if (token.kind !== 'minus') return;
    const start = ends.findLast((end) => end < i) ?? -1;
    const end = ends.find((at) => at > i) ?? tokens.length;
    if (tokens.slice(start + 1, i).some(isCode) && tokens.slice(i + 1, end).some(isCode)) hyphens.add(i);
  });
  return hyphens;
}
