import type { ColumnType } from '../../../domain/request.ts';
import type { CellParser } from '../../values/parse.ts';
import { boolean } from './boolean.ts';
import type { TypeDefinition } from './definition.ts';
import { currency, integer, number, percent } from './numbers.ts';
import { text, url } from './text.ts';
import { date, datetime, duration } from './times.ts';

/** The one place that knows the types of columns. */
export const TYPES: Readonly<Record<ColumnType, TypeDefinition>> = {
  text,
  url,
  integer,
  number,
  currency,
  percent,
  boolean,
  date,
  datetime,
  duration,
};

/**
 * What reads the cells of a type; `undefined` where a cell is its text.
 * @param timeZone IANA name, to which instants with an offset are converted
 */
export function cellParser(type: ColumnType, timeZone: string): CellParser | undefined {
  return TYPES[type].parser?.(timeZone);
}
