import type { FormatOptions } from 'numfmt';
import type { LocaleConventions } from '../locale.ts';
import { roundedToFraction } from './fractions.ts';
import { formatLibraries } from './library.ts';
import { follow, LOCALE_NAME, localeData } from './locale-data.ts';
import { type FormatParts, patternOf, type Section } from './pattern.ts';
import { type Signs, signsOf } from './signs.ts';

/** What numfmt answers where it cannot show a number. */
const NOT_SHOWN = '\u0000';
/** Stands for a cell's text. */
const TEXT = '\u0001';

export interface NumberOptions {
  /** Whether the first day is 0, as of a duration, and not 31 December 1899. */
  readonly countsFromZero?: boolean;
  /** Stands for the year of the date. */
  readonly year?: number;
}

/** Writes values by one format in one locale. */
export class FormatWriter {
  readonly #parts: FormatParts;
  readonly #pattern: string;
  /** The sections, where some write fractions. */
  readonly #fractions: readonly Section[] | undefined;
  readonly #data: ReturnType<typeof localeData>;
  readonly #signs: Signs;
  readonly #dates: Partial<FormatOptions>;
  readonly #durations: Partial<FormatOptions>;
  /** What stands around a cell's text; a format that hides texts leaves one piece. */
  readonly #aroundText: readonly string[];

  constructor(parts: FormatParts, locale: LocaleConventions) {
    const [first = 3, second = first] = locale.grouping;
    this.#parts = parts;
    this.#data = localeData(parts, locale);
    this.#signs = signsOf(locale);
    this.#pattern = this.#patternOf(parts.sections);
    const hasFraction = parts.sections.some((section) => roundedToFraction(section, 0) !== undefined);
    this.#fractions = hasFraction && !parts.hasCondition ? parts.sections : undefined;
    const grouping: [number, number] = [first, second];
    this.#dates = { locale: LOCALE_NAME, overflow: NOT_SHOWN, dateErrorNumber: false, grouping, leap1900: false };
    this.#durations = { ...this.#dates, leap1900: true };
    this.#aroundText = this.#signs.release(this.#format(this.#pattern, TEXT, this.#dates)).split(TEXT);
  }

  /** @returns `undefined` where the format cannot show it */
  number(value: number, { countsFromZero = false, year }: NumberOptions = {}): string | undefined {
    if (this.#fractions !== undefined) return this.#fraction(value, this.#fractions);
    const pattern = year === undefined ? this.#pattern : this.#patternOf(this.#parts.sections, year);
    return this.#shown(pattern, value, countsFromZero ? this.#durations : this.#dates);
  }

  /** Sections are chosen here, since a negative number may be rounded to none. */
  #fraction(value: number, [positive, negative, zero]: readonly Section[]): string | undefined {
    const chosen = (value < 0 ? negative : value === 0 ? zero : undefined) ?? positive ?? [];
    const size = chosen === negative ? -value : value;
    const rounded = roundedToFraction(chosen, size) ?? { section: chosen, value: size };
    return this.#shown(this.#patternOf([rounded.section]), rounded.value, this.#dates);
  }

  #shown(pattern: string, value: number, options: Partial<FormatOptions>): string | undefined {
    // Nobody writes a minus before zero.
    const text = this.#format(pattern, value === 0 ? 0 : value, options);
    return text === NOT_SHOWN ? undefined : this.#signs.release(this.#signs.localize(padded(text)));
  }

  #patternOf(sections: readonly Section[], year?: number): string {
    return patternOf(sections, { literal: this.#signs.keep, ...(year !== undefined && { year }) });
  }

  text(text: string): string {
    return this.#aroundText.join(text);
  }

  #format(pattern: string, value: number | string, options: Partial<FormatOptions>): string {
    follow(this.#data);
    return formatLibraries().numfmt.format(pattern, value, options);
  }
}

/** Blanks at the edges are room for signs of other rows, such as a closing parenthesis: they must not be trimmed. */
function padded(text: string): string {
  if (!text.startsWith(' ') && !text.endsWith(' ')) return text;
  return text.replace(/^ +| +$/g, (blanks) => '\u00a0'.repeat(blanks.length));
}
