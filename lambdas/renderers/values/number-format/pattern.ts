import { readLanguage } from './language.ts';
import { type TokenKind, tokensOf } from './tokens.ts';

/** A piece of a format whose languages are read: `value` stands as it is, `system` for the reader's own date or time. */
export interface Piece {
  readonly kind: Exclude<TokenKind, 'language' | 'section'> | 'value' | 'system';
  readonly text: string;
}

/** The pieces of one of the parts that semicolons divide a format into: for positive numbers, negative ones … */
export type Section = readonly Piece[];

/** A number format, read. */
export interface FormatParts {
  readonly sections: readonly Section[];
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
  const read = readSections(format);
  if (read === undefined || read.sections.some(hasPercents)) return undefined;
  const pieces = read.sections.flat();
  const dates = pieces.filter(({ kind }) => kind === 'date').map(({ text }) => text.toLowerCase());
  return {
    ...read,
    isDate: dates.length > 0 || pieces.some(({ kind }) => kind === 'system'),
    hasDay: dates.includes('d') || dates.includes('dd'),
    hasElapsed: dates.some((code) => code.startsWith('[')),
    hasCondition: pieces.some(({ kind }) => kind === 'condition'),
  };
}

/** Excel shows a hundred times as much for each sign of a section, and numfmt for the first alone. */
function hasPercents(section: Section): boolean {
  return section.filter(({ kind, text }) => kind === 'number' && text === '%').length > 1;
}

function readSections(format: string): Pick<FormatParts, 'sections' | 'tag'> | undefined {
  const sections: Piece[][] = [[]];
  let tag: string | undefined;
  for (const { kind, text } of tokensOf(format) ?? []) {
    if (kind === 'section') sections.push([]);
    else if (kind !== 'language') sections.at(-1)?.push({ kind, text });
    else {
      const language = readLanguage(text);
      if (language === undefined) return undefined;
      tag = language.tag ?? tag;
      if (language.system !== undefined) {
        sections.at(-1)?.push({ kind: 'system', text: language.system === 'date' ? '[$-F800]' : '[$-F400]' });
      } else if (language.sign !== '') sections.at(-1)?.push({ kind: 'quoted', text: language.sign });
    }
  }
  return tokensOf(format) === undefined ? undefined : { sections, ...(tag !== undefined && { tag }) };
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
export function patternOf(sections: readonly Section[], options: PatternOptions): string {
  return sections.map((section) => section.map((piece, i) => code(piece, section, i, options)).join('')).join(';');
}

function code({ kind, text }: Piece, section: Section, at: number, { literal, year }: PatternOptions): string {
  switch (kind) {
    case 'value':
      return quoted(text);
    case 'quoted':
    case 'escaped':
      return quoted(literal(text));
    case 'bare':
      return text === ' ' ? text : quoted(literal(text));
    case 'minus':
      return isHyphen(section, at) ? quoted('-') : '-';
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

/** A minus is a sign unless codes stand at both of its sides, as in `000-0000` and `yyyy-mm-dd`. */
function isHyphen(section: Section, at: number): boolean {
  const isCode = ({ kind, text }: Piece): boolean => kind === 'date' || (kind === 'number' && /[0#?]/.test(text));
  return section.slice(0, at).some(isCode) && section.slice(at + 1).some(isCode);
}

function dateCode(text: string, year: number | undefined): string {
  if (text.includes('/')) return text.toUpperCase();
  const lower = text.toLowerCase();
  if (year === undefined || !/^[yeb]/.test(lower)) return lower;
  const shown = lower.startsWith('b') ? year + 543 : year;
  const short = lower.length <= 2 && !lower.startsWith('e');
  return quoted(short ? String(shown % 100).padStart(2, '0') : String(shown).padStart(4, '0'));
}

function quoted(text: string): string {
  return text
    .split('"')
    .map((piece) => `"${piece}"`)
    .join('\\"');
}
