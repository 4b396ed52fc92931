import type { Cell } from '../../domain/cells.ts';
import type { Column } from '../../domain/request.ts';
import { type DecimalStyle, displayFormat, type FormatScale, type ValueDisplay } from '../values/display.ts';
import type { LocaleConventions } from '../values/locale.ts';
import { cleanText } from '../values/text.ts';
import type { Form } from './types/definition.ts';
import { TYPES } from './types/index.ts';

/** A cell as a person reads it. */
export type CellDisplay = (cell: Cell) => string;

/** How a column's cells are read and shown: one closure per column, decided before the first row. */
export interface ColumnDisplay {
  readonly cell: CellDisplay;
  /** In the unit of the parser. */
  readonly value: ValueDisplay;
  /** Set where a number is shown by `decimal` (see values/display.ts) and nothing else. */
  readonly decimal?: DecimalStyle;
}

/** What the digits of a request's own format count, by what a column's values are. */
const SCALES: Record<Form, FormatScale> = {
  text: 'number',
  link: 'number',
  number: 'number',
  truth: 'number',
  time: 'time',
  duration: 'duration',
};

/** @param timeZone IANA name */
export function displayOf(column: Column, locale: LocaleConventions, timeZone: string): ColumnDisplay {
  const { parser, form, fraction, display } = TYPES[column.type];
  const own = column.format === undefined ? undefined : displayFormat(column.format, SCALES[form], locale);
  const value = own ?? display(column, locale);
  if (parser === undefined) return { cell: (cell) => (cell === null ? '' : textOf(cell)), value };
  const parse = parser(timeZone);
  return {
    cell: (cell) => {
      if (cell === null) return '';
      const read = parse(cell);
      return Number.isNaN(read) ? textOf(cell) : value(read);
    },
    value,
    ...(own === undefined &&
      column.format === undefined &&
      fraction !== undefined && { decimal: { ...locale, fraction } }),
  };
}

function textOf(cell: Exclude<Cell, null>): string {
  return typeof cell === 'string' ? cleanText(cell) : String(cell);
}
