import type { FormatOptions } from 'numfmt';
import type { LocaleConventions } from '../locale.ts';
import { formatLibraries } from './library.ts';
import { follow, LOCALE_NAME, localeData } from './locale-data.ts';
import { type FormatParts, patternOf } from './pattern.ts';
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
    this.#pattern = patternOf(parts, { literal: this.#signs.keep });
    const grouping: [number, number] = [first, second];
    this.#dates = { locale: LOCALE_NAME, overflow: NOT_SHOWN, dateErrorNumber: false, grouping, leap1900: false };
    this.#durations = { ...this.#dates, leap1900: true };
    this.#aroundText = this.#signs.release(this.#format(this.#pattern, TEXT, this.#dates)).split(TEXT);
  }

  /** @returns `undefined` where the format cannot show it */
  number(value: number, { countsFromZero = false, year }: NumberOptions = {}): string | undefined {
    const literal = this.#signs.keep;
    const pattern = year === undefined ? this.#pattern : patternOf(this.#parts, { literal, year });
    // Nobody writes a minus before zero.
    const text = this.#format(pattern, value === 0 ? 0 : value, countsFromZero ? this.#durations : this.#dates);
    return text === NOT_SHOWN ? undefined : this.#signs.release(this.#signs.localize(padded(text)));
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
