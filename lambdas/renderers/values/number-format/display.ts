import type { LocaleConventions } from '../locale.ts';
import { changedDigits } from './fifteen-digits.ts';
import { formatLibraries } from './library.ts';
import { type FormatParts, patternOf, readParts } from './pattern.ts';
import { FormatWriter } from './writer.ts';

const DAY = 86_400_000;
const DAY_SECONDS = 86_400;
/** 1970-01-01 in days of the 1900 date system. */
const EPOCH = 25_569;
/** After as many days the Gregorian calendar comes round, weekdays included. */
const CYCLE_DAYS = 146_097;
const MOST_LENGTH = 255;

/** What a column's values are: numbers of their own, ms of a wall clock since 1970, or seconds. */
export type FormatScale = 'number' | 'time' | 'duration';

/** A column's own number format as functions, made once for the column. */
export interface FormatDisplay {
  /** In the unit of the parser. */
  readonly value: (value: number) => string;
  /** For cells that are not such a value: a format may have a section for text. */
  readonly text: (text: string) => string;
}

const AS_IT_IS = { literal: (text: string) => text };

/**
 * Whether a number format is one that Excel accepts and that can be shown here as Excel shows it.
 * @throws `Error` where `loadNumberFormats` was not awaited
 */
export function isNumberFormat(format: string): boolean {
  const parts = format.length > MOST_LENGTH ? undefined : readParts(format);
  return parts !== undefined && formatLibraries().numfmt.isValidFormat(patternOf(parts.sections, AS_IT_IS));
}

/**
 * @param format one that {@link isNumberFormat}
 * @param fallback shows what the format cannot: times that are too long, numbers for which it has no section, or of
 *   which numfmt, like Excel, would show other digits than they have
 */
export function formatDisplay(
  format: string,
  scale: FormatScale,
  locale: LocaleConventions,
  fallback: (value: number) => string,
): FormatDisplay {
  const parts = readParts(format);
  if (parts === undefined) throw new Error('not a number format');
  const writer = new FormatWriter(parts, locale);
  const show = SHOW[scale](writer, parts, locale);
  const changes = scale === 'number' ? changedDigits(format) : () => false;
  return {
    value: (value) => (changes(value) ? undefined : show(value)) ?? fallback(value),
    text: (text) => writer.text(text),
  };
}

/** `undefined` where the format cannot show the value. */
type Show = (value: number) => string | undefined;

const SHOW: Record<FormatScale, (writer: FormatWriter, parts: FormatParts, locale: LocaleConventions) => Show> = {
  number: (writer) => (value) => writer.number(value),
  time: (writer, parts) => (value) => {
    const days = value / DAY + EPOCH;
    return days >= 0 || !parts.isDate ? writer.number(days) : before1900(writer, parts, days, value);
  },
  duration: durations,
};

/** Excel does not have these dates: they are shown as the matching day of a later cycle, with their own year. */
function before1900(writer: FormatWriter, parts: FormatParts, days: number, value: number): string | undefined {
  if (parts.hasElapsed) return undefined;
  const cycles = Math.ceil(-days / CYCLE_DAYS);
  return writer.number(days + cycles * CYCLE_DAYS, { year: new Date(value).getUTCFullYear() });
}

/** Excel has no durations below zero: they follow the section for negative numbers, or get a sign. */
function durations(writer: FormatWriter, parts: FormatParts, locale: LocaleConventions): Show {
  const { negative, sign } = negativeDurations(parts, locale);
  const below = negative === undefined ? undefined : negative === parts ? writer : new FormatWriter(negative, locale);
  return (value) => {
    const days = Math.abs(value) / DAY_SECONDS;
    if (value >= 0) return writer.number(days, { countsFromZero: true });
    const text = below?.number(days, { countsFromZero: true });
    return text === undefined ? undefined : sign + text;
  };
}

function negativeDurations(
  parts: FormatParts,
  locale: LocaleConventions,
): { negative: FormatParts | undefined; sign: string } {
  if (parts.hasCondition) return { negative: undefined, sign: '' };
  const [, negative] = parts.sections;
  if (negative === undefined) return { negative: parts, sign: locale.minus };
  return { negative: { ...parts, sections: [negative] }, sign: '' };
}
