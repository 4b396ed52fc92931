import type { Column, TableSpec } from '../../domain/request.ts';
import type { ValueDisplay } from '../values/decimal-display.ts';
import type { LocaleConventions } from '../values/locale.ts';
import { isNumberFormat } from '../values/number-format/display.ts';
import type { CellParser } from '../values/parse.ts';
import { cleanField } from './clean-field.ts';
import { type ColumnDisplay, displayOf } from './display.ts';
import { ownFormat } from './excel-formats.ts';
import type { Form, TotalKind, TypeDefinition } from './types/definition.ts';
import { cellParser, TYPES } from './types/index.ts';
import type { Warnings } from './warnings.ts';

export type Align = 'left' | 'center' | 'right';

/** What a table's columns are read by. */
export interface ColumnSettings {
  readonly locale: LocaleConventions;
  /** IANA name. */
  readonly timeZone: string;
  /** Names the table in warnings. */
  readonly table: string;
}

/** A column of a request, settled: what was asked for and cannot be is gone. Both engines read columns by nothing else. */
export class TableColumn {
  readonly label: string;
  /** Names the column in a warning. */
  readonly where: string;
  readonly type: TypeDefinition;
  readonly align: Align;
  readonly total: TotalKind | undefined;
  /** The request's own width in characters. */
  readonly width: number | undefined;
  readonly spec: Column;
  readonly #locale: LocaleConventions;
  readonly #timeZone: string;
  #display: ColumnDisplay | undefined;

  /** @param spec with a clean label, and a format and a total only where the type can have them */
  constructor(spec: Column & { readonly label: string }, { locale, timeZone, table }: ColumnSettings) {
    this.spec = spec;
    this.label = spec.label;
    this.where = placeOf(spec, table);
    this.type = TYPES[spec.type];
    this.align = spec.align ?? sideOf(this.type, locale.rightToLeft);
    this.total = spec.total;
    this.width = spec.width;
    this.#locale = locale;
    this.#timeZone = timeZone;
  }

  /** Makes what reads a cell; `undefined` where a cell is its text. */
  parser(): CellParser | undefined {
    return cellParser(this.spec.type, this.#timeZone);
  }

  /** How its cells are shown. Made when it is first asked for, since not every file shows cells itself. */
  get display(): ColumnDisplay {
    this.#display ??= displayOf(this.spec, this.#locale, this.#timeZone);
    return this.#display;
  }

  /** How its total is shown. */
  get totalDisplay(): ValueDisplay {
    return displayOf(this.#totalSpec, this.#locale, this.#timeZone).value;
  }

  /** What the values of its total are. */
  get totalForm(): Form {
    return TYPES[this.#totalSpec.type].form;
  }

  get excelFormat(): string {
    return this.#excelFormatOf(this.spec);
  }

  get totalExcelFormat(): string {
    return this.#excelFormatOf(this.#totalSpec);
  }

  /** How many characters a spreadsheet needs for a value. */
  excelLength(value: number): number {
    // A format of the request's own is nearly as long as what it shows.
    const own = this.spec.format?.split(';')[0]?.length ?? 0;
    return Math.max(this.type.excelLength(value, this.spec, this.#locale), own);
  }

  /** The column that the total alone would be: a count is a number, whatever it counts. */
  get #totalSpec(): Column {
    const { total, spec } = this;
    const type = (total === undefined ? undefined : this.type.totals[total]) ?? spec.type;
    return { ...spec, type, format: total === 'count' ? undefined : spec.format };
  }

  #excelFormatOf(spec: Column): string {
    if (spec.format !== undefined) return ownFormat(spec.format);
    return TYPES[spec.type].excelFormat(spec, this.#locale);
  }
}

/**
 * Reads the columns of a table, and warns of what was asked of them and cannot be.
 * @throws `Error` where `loadNumberFormats` was not awaited
 */
export function readColumns(table: TableSpec, settings: ColumnSettings, warnings: Warnings): TableColumn[] {
  return table.columns.map((column) => {
    const where = placeOf(column, settings.table);
    const label = cleanField(column.label ?? column.key, warnings, () => `The label of ${where}`);
    const format = possibleFormat(column, where, warnings);
    const total = possibleTotal(column, where, warnings);
    return new TableColumn({ ...column, label, format, total }, settings);
  });
}

function placeOf({ key }: Column, table: string): string {
  return `column "${key}" of "${table}"`;
}

function possibleFormat(column: Column, where: string, warnings: Warnings): string | undefined {
  if (column.format === undefined) return undefined;
  const format = cleanField(column.format, warnings, () => `The number format of ${where}`);
  if (format !== '' && isNumberFormat(format)) return format;
  warnings.add(
    'FORMAT_IGNORED',
    () => `The number format of ${where} was ignored: Excel would refuse it, or a PDF could not show it.`,
  );
  return undefined;
}

function possibleTotal({ total, type }: Column, where: string, warnings: Warnings): TotalKind | undefined {
  if (total === undefined || TYPES[type].totals[total] !== undefined) return total;
  warnings.add('TOTAL_IGNORED', () => `The ${where} is of type ${type}, which has no ${total}.`);
  return undefined;
}

function sideOf({ align }: TypeDefinition, rightToLeft: boolean): Align {
  if (align !== 'start') return align;
  return rightToLeft ? 'right' : 'left';
}

/** Where the word for "Total" stands: in the first column without a total of its own; -1 where all have one. */
export function totalLabelColumn(columns: readonly TableColumn[]): number {
  return columns.findIndex(({ total }) => total === undefined);
}
