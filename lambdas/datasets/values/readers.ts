import type { Cell } from '../../domain/cells.ts';
import type { Column } from '../../domain/request.ts';
import { cellParser } from '../../renderers/table/types/index.ts';
import { yesNo } from '../../renderers/table/yes-no.ts';
import { parseDuration } from '../../renderers/values/durations.ts';
import type { LocaleConventions } from '../../renderers/values/locale.ts';
import { parseBoolean } from '../../renderers/values/parse.ts';
import { dateReader } from './dates.ts';
import { type NumberReader, type NumberSigns, numberReader, percentReader } from './numbers.ts';

/** Reads a value as its column's type; `undefined` if it is not one. A column of text has no reader. */
export type CellReader = (value: Value) => Cell | undefined;

/** A cell that is not empty. */
export type Value = Exclude<Cell, null>;

/** No number, date or duration is written in more characters. What reads them may then take the square of a length. */
export const LONGEST_VALUE = 200;

type TextReader = (text: string) => Cell | undefined;

/** What the values of a text are read by. */
export interface ReadingRules {
  readonly locale: LocaleConventions;
  readonly timeZone: string;
  readonly signs: NumberSigns;
}

/** The reader of a column whose values are texts, as in CSV: by the locale, and ISO 8601 always. */
export function textReader(column: Column, rules: ReadingRules): CellReader | undefined {
  const read = readerOf(column, rules);
  return read && ((value) => (typeof value === 'string' && value.length <= LONGEST_VALUE ? read(value) : undefined));
}

function readerOf(column: Column, rules: ReadingRules): TextReader | undefined {
  switch (column.type) {
    case 'integer':
    case 'number':
      return numberReader(rules.signs);
    case 'currency':
      return amountReader(column.currency, rules);
    case 'percent':
      return percentReader(rules.signs);
    case 'boolean':
      return booleanReader(rules.locale.locale);
    case 'date':
    case 'datetime':
      return dateReader(rules.locale, rules.timeZone);
    case 'duration':
      return durationReader(rules.signs);
    case 'text':
    case 'url':
      return undefined;
  }
}

/**
 * The reader of a column whose values have types of their own, as in JSON: what the engines read is passed on as it is.
 * A text that stands for a number is read as in a request, without regard to the locale.
 */
export function typedReader(column: Column, timeZone: string): CellReader | undefined {
  const parse = cellParser(column.type, timeZone);
  if (parse === undefined) return undefined;
  return (cell) => (Number.isNaN(parse(cell)) && !isLongNumber(column, cell) ? undefined : cell);
}

/** A number that no double holds is no fault of the data: it stays its digits. */
function isLongNumber({ type }: Column, cell: Value): boolean {
  if (type !== 'integer' && type !== 'number' && type !== 'currency') return false;
  return typeof cell === 'string' && /^-?\d{16,}(\.\d+)?$/.test(cell);
}

/** A number, with the column's currency before or after it or not. */
function amountReader(code: string | undefined, { locale, signs }: ReadingRules): NumberReader {
  const read = numberReader(signs);
  if (code === undefined) return read;
  const names = [code, locale.currency(code).symbol].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const name = `(?:${names.join('|')})`;
  const pattern = new RegExp(`^(-?)\\s*${name}\\s*(.*)$|^(.*?)\\s*${name}$`, 's');
  return (text) => {
    const value = read(text);
    if (value !== undefined) return value;
    const match = pattern.exec(text.trim());
    return match === null ? undefined : read(match[3] ?? `${match[1]}${match[2]}`);
  };
}

function booleanReader(locale: string): TextReader {
  const { yes, no } = yesNo(locale);
  const words = new Map([...wordsOf(locale), [yes, true] as const, [no, false] as const]);
  return (text) => {
    if (text === 'true') return true;
    if (text === 'false') return false;
    const value = parseBoolean(text);
    return Number.isNaN(value) ? words.get(text.trim().toLowerCase()) : value === 1;
  };
}

/** What Excel writes for a truth value in a language, in lower case. */
const SPREADSHEET_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  da: ['sand', 'falsk'],
  de: ['wahr', 'falsch'],
  es: ['verdadero', 'falso'],
  fi: ['tosi', 'epätosi'],
  fr: ['vrai', 'faux'],
  hu: ['igaz', 'hamis'],
  it: ['vero', 'falso'],
  nb: ['sann', 'usann'],
  nl: ['waar', 'onwaar'],
  no: ['sann', 'usann'],
  pl: ['prawda', 'fałsz'],
  pt: ['verdadeiro', 'falso'],
  ru: ['истина', 'ложь'],
  sv: ['sant', 'falskt'],
  tr: ['doğru', 'yanliş'],
};

function wordsOf(locale: string): (readonly [string, boolean])[] {
  const [yes, no] = SPREADSHEET_WORDS[new Intl.Locale(locale).language] ?? [];
  return yes === undefined || no === undefined ? [] : [[yes, true] as const, [no, false] as const];
}

function durationReader(signs: NumberSigns): TextReader {
  const read = numberReader(signs);
  return (text) => {
    const seconds = read(text);
    if (seconds !== undefined) return seconds;
    const trimmed = text.trim();
    return Number.isNaN(parseDuration(trimmed)) ? undefined : trimmed;
  };
}
