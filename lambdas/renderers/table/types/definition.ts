import type { Column, ColumnType } from '../../../domain/request.ts';
import type { ValueDisplay } from '../../values/decimal-display.ts';
import type { LocaleConventions } from '../../values/locale.ts';
import type { CellParser } from '../../values/parse.ts';

export type TotalKind = NonNullable<Column['total']>;

/**
 * What the values of a type are to a file. Types may be many; these forms are all that an engine must know to store:
 * `number` as it is, `truth` as 0 or 1, `time` in ms since 1970, `duration` in seconds, `text`, and `link`, a text that
 * leads somewhere.
 */
export type Form = 'text' | 'link' | 'number' | 'truth' | 'time' | 'duration';

/**
 * Everything that is known of a column type. Both engines read it and hold nothing of their own about a type, so that
 * a new one is a file beside this one, its name in the request's schema, and its line in `index.ts`.
 */
export interface TypeDefinition {
  readonly form: Form;
  /** Makes what reads a cell; `undefined` where a cell is its text. @param timeZone IANA name */
  readonly parser: ((timeZone: string) => CellParser) | undefined;
  /** Whether every finite number in a cell is its own value, so that an engine need not ask the parser. */
  readonly anyNumber: boolean;
  /** `start` is where the report's language starts; digits stand at the `right` in every language, to line up. */
  readonly align: 'start' | 'center' | 'right';
  /** As which type each total of such a column is shown; it has no others. */
  readonly totals: Readonly<Partial<Record<TotalKind, ColumnType>>>;
  /** Whether a cell may be broken into lines where nothing is asked for. A number or a date never may. */
  readonly breaks: boolean;
  /** Whether later cells are likely to be longer than the first ones, as numbers that count up are. */
  readonly grows: boolean;
  /** Digits after the decimal sign, where a value is shown by `decimal` and nothing else. */
  readonly fraction?: number;
  /** Shows a value in the unit of its parser, without a format of the request's own. */
  display(column: Column, locale: LocaleConventions): ValueDisplay;
  /** The same as a number format of a spreadsheet. */
  excelFormat(column: Column, locale: LocaleConventions): string;
  /** How many characters a spreadsheet needs to show a value by that format. */
  excelLength(value: number, column: Column, locale: LocaleConventions): number;
}
