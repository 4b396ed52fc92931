import type { Cell } from '../domain/cells.ts';
import type { Column, ColumnType } from '../domain/request.ts';
import { linkTarget } from '../renderers/values/links.ts';
import { dateReader } from './values/dates.ts';
import { numberReader, percentReader } from './values/numbers.ts';
import { LONGEST_VALUE, type ReadingRules } from './values/readers.ts';

/** So many rows decide; more would only cost. */
export const SAMPLE_ROWS = 1000;

/** A column as a source names it, and its first cells; empty ones are `null`. */
export interface ColumnSample {
  /** `undefined` where the source has no names. */
  readonly name: string | undefined;
  readonly cells: readonly Cell[];
}

/** Digits that are no amount: nothing is counted with them, and grouping them would make them unreadable. */
const IDENTIFIER_NAME =
  /(^|[^a-z])(zip|plz|cep|cap|postal|postcode|postleitzahl|phone|tel|telefone?|telefon|mobile|celular|handy|fax|iban|card|cpf|cnpj|ssn|sku|ean|gtin|isbn|account|konto|conta)([^a-z]|$)/i;

/** Whole numbers that are shown without groups: 2026, not 2,026. */
const UNGROUPED_NAME = /(^|[^a-z])(id|no|nr|num|number|code|year|ano|année|jahr|año|key|ref)([^a-z]|$)/i;

const UNGROUPED = '0';
/** From so many digits on, numbers of one length are phone numbers, cards, barcodes or ids rather than amounts. */
const IDENTIFIER_DIGITS = 10;

/**
 * What the columns of a source are, from their names and first cells: integer, number, percent, date, datetime, boolean,
 * url, else text. Digits that stand for something (leading zeros, phone and card numbers, postcodes) stay text.
 * Pure and without Node, so that a page in a browser shows what a worker will do.
 */
export function inferColumns(samples: readonly ColumnSample[], rules: ReadingRules): Column[] {
  const keys = uniqueKeys(samples.map(({ name }) => name?.trim() ?? ''));
  return samples.map(({ name, cells }, position) => {
    const key = keys[position] as string;
    const filled = cells.filter((cell): cell is Exclude<Cell, null> => cell !== null && cell !== '');
    const type = typeOf(filled, name ?? '', rules);
    const label = name?.trim() === '' || name === undefined ? undefined : name.trim();
    return {
      key,
      type,
      ...(label !== undefined && label !== key && { label }),
      ...(type === 'integer' && isUngrouped(filled, name ?? '') && { format: UNGROUPED }),
    };
  });
}

/** Every name once: `Price`, `Price 2`; a column without a name is `Column 3`. */
export function uniqueKeys(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, position) => {
    const base = (name === '' ? `Column ${position + 1}` : name).slice(0, 240);
    let key = base;
    for (let n = 2; taken.has(key); n += 1) key = `${base} ${n}`;
    taken.add(key);
    return key;
  });
}

function typeOf(cells: readonly Exclude<Cell, null>[], name: string, rules: ReadingRules): ColumnType {
  if (cells.length === 0) return 'text';
  if (cells.every((cell) => typeof cell === 'boolean')) return 'boolean';
  if (cells.every((cell) => typeof cell === 'number')) {
    return cells.every((cell) => Number.isInteger(cell)) ? 'integer' : 'number';
  }
  if (cells.every((cell) => typeof cell === 'string')) return textType(cells as readonly string[], name, rules);
  return 'text';
}

function textType(cells: readonly string[], name: string, rules: ReadingRules): ColumnType {
  if (cells.every((cell) => TRUTH.test(cell))) return 'boolean';
  if (cells.every((cell) => cell.length <= LONGEST_VALUE)) {
    const type = numericType(cells, name, rules) ?? timeType(cells, rules);
    if (type !== undefined) return type;
  }
  return cells.every((cell) => /^https?:/i.test(cell) && linkTarget(cell) !== undefined) ? 'url' : 'text';
}

function timeType(cells: readonly string[], rules: ReadingRules): ColumnType | undefined {
  const date = dateReader(rules.locale, rules.timeZone);
  const dates = cells.map((cell) => date(cell));
  if (!dates.every((iso) => iso !== undefined)) return undefined;
  return dates.some((iso) => iso.length > 10) ? 'datetime' : 'date';
}

const TRUTH = /^(true|false|yes|no)$/i;
/** A plus sign starts a phone number; an exponent without a decimal sign is a product code as likely as not. */
const NO_AMOUNT = /^\+|^[^.,]*[eE]|[-−]$/;
const LEADING_ZERO = /^[-−]?0\d/;

function numericType(cells: readonly string[], name: string, rules: ReadingRules): ColumnType | undefined {
  const trimmed = cells.map((cell) => cell.trim());
  if (trimmed.some((cell) => NO_AMOUNT.test(cell) || LEADING_ZERO.test(cell))) return undefined;
  if (IDENTIFIER_NAME.test(name)) return undefined;
  if (trimmed.every((cell) => /[%٪]/.test(cell))) {
    const read = percentReader(rules.signs);
    return trimmed.every((cell) => typeof read(cell) === 'number') ? 'percent' : undefined;
  }
  const read = numberReader(rules.signs);
  const values = trimmed.map((cell) => read(cell));
  // Text where a double would lose digits: such a number is somebody's id.
  if (!values.every((value) => typeof value === 'number')) return undefined;
  if (isIdentifier(trimmed)) return undefined;
  return trimmed.some((cell) => cell.includes(rules.signs.decimal)) ? 'number' : 'integer';
}

/** Bare digits, all of one length, and many: amounts differ in length. */
function isIdentifier(cells: readonly string[]): boolean {
  const length = cells[0]?.length ?? 0;
  return length >= IDENTIFIER_DIGITS && cells.every((cell) => cell.length === length && /^\d+$/.test(cell));
}

/** Whether whole numbers of a column are ids, years or the like by its name. */
export function isUngroupedName(name: string): boolean {
  return UNGROUPED_NAME.test(name);
}

function isUngrouped(cells: readonly Exclude<Cell, null>[], name: string): boolean {
  return isUngroupedName(name) || cells.every((cell) => /^(19|20)\d\d$/.test(String(cell).trim()));
}
