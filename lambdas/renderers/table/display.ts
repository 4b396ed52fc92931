import type { Cell } from '../../domain/cells.ts';
import type { Column } from '../../domain/request.ts';
import type { DecimalStyle, ValueDisplay } from '../values/decimal-display.ts';
import type { LocaleConventions } from '../values/locale.ts';
import { type FormatScale, formatDisplay } from '../values/number-format/display.ts';
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
  /** Whether a text is shown as it was sent, but for what must be cleaned. */
  readonly verbatim: boolean;
  /** Set where a number is shown by `decimal` (see values/decimal-display.ts) and nothing else. */
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
  const { parser, form, anyNumber, fraction, display } = TYPES[column.type];
  const standard = display(column, locale);
  const own = column.format === undefined ? undefined : formatDisplay(column.format, SCALES[form], locale, standard);
  const value = own?.value ?? standard;
  const text = own === undefined ? textOf : (cell: Exclude<Cell, null>) => own.text(textOf(cell));
  if (parser === undefined) {
    return { cell: (cell) => (cell === null ? '' : text(cell)), value, verbatim: own === undefined };
  }
  const parse = parser(timeZone);
  return {
    cell: (cell) => {
      if (cell === null) return '';
      const read = parse(cell);
      return Number.isNaN(read) ? text(cell) : value(read);
    },
    value,
    verbatim: false,
    ...(own === undefined && anyNumber && fraction !== undefined && { decimal: { ...locale, fraction } }),
  };
}

function textOf(cell: Exclude<Cell, null>): string {
  return typeof cell === 'string' ? cleanText(cell) : String(cell);
}
