import type { Style } from 'exceljs';
import StylesXform from 'exceljs/lib/xlsx/xform/style/styles-xform.js';
import type { TableColumn } from '../table/columns.ts';
import type { Warnings } from '../table/warnings.ts';
import { type ColumnStyles, columnStyles, type TableLook } from './styles.ts';

/** The style numbers of a table's columns, by the kind of row. */
export interface StyleNumbers {
  readonly header: readonly number[];
  readonly plain: readonly number[];
  readonly banded: readonly number[];
  /** Of text in a column of links that is none. */
  readonly plainText: readonly number[];
  readonly bandedText: readonly number[];
  readonly subtotal: readonly number[];
  readonly total: readonly number[];
}

/** By Excel's specification a workbook takes "between 200 and 250" formats of its own. */
const MAX_NUMBER_FORMATS = 250;

/** All styles of a workbook. Columns that look the same share theirs, so that thousands of columns cost a handful. */
export class StyleBook {
  readonly #styles = new StylesXform(true);
  readonly #columns = new Map<string, Record<keyof StyleNumbers, number>>();
  readonly #differences = new Map<string, number>();
  readonly #formats = new Set<string>();
  readonly #warnings: Warnings;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  /** @returns the number that cells name a style by */
  number(style: Partial<Style>): number {
    return this.#styles.addStyleModel(style);
  }

  /** @returns the number that conditional formats name a style by */
  difference(style: Partial<Style>): number {
    const key = JSON.stringify(style);
    const known = this.#differences.get(key);
    if (known !== undefined) return known;
    const number = this.#styles.addDxfStyle(style);
    this.#differences.set(key, number);
    return number;
  }

  ofColumns(columns: readonly TableColumn[], look: TableLook): StyleNumbers {
    const numbers = columns.map((column) => this.#ofColumn(column, look));
    const of = (kind: keyof StyleNumbers) => numbers.map((column) => column[kind]);
    return {
      header: of('header'),
      plain: of('plain'),
      banded: of('banded'),
      plainText: of('plainText'),
      bandedText: of('bandedText'),
      subtotal: of('subtotal'),
      total: of('total'),
    };
  }

  /** The part `xl/styles.xml`. */
  get xml(): string {
    return withSortedFonts(this.#styles.xml);
  }

  #ofColumn(column: TableColumn, look: TableLook): Record<keyof StyleNumbers, number> {
    const formats = [this.#format(column, column.excelFormat), this.#format(column, column.totalExcelFormat)] as const;
    const { align, spec, type } = column;
    const key = JSON.stringify([align, spec.wrap === true, type.form, ...formats, look]);
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const numbers = this.#numbersOf(columnStyles(column, formats, look));
    this.#columns.set(key, numbers);
    return numbers;
  }

  /** Cells have theirs first: every digit less is one less in each of them. */
  #numbersOf(styles: ColumnStyles): Record<keyof StyleNumbers, number> {
    return {
      plain: this.number(styles.plain),
      banded: this.number(styles.banded),
      plainText: this.number(styles.plainText),
      bandedText: this.number(styles.bandedText),
      header: this.number(styles.header),
      subtotal: this.number(styles.subtotal),
      total: this.number(styles.total),
    };
  }

  #format(column: TableColumn, format: string): string {
    if (this.#formats.has(format)) return format;
    if (this.#formats.size < MAX_NUMBER_FORMATS) {
      this.#formats.add(format);
      return format;
    }
    const told = () => `The number format of ${column.where} was left out: a workbook can have ${MAX_NUMBER_FORMATS}.`;
    this.#warnings.add('FORMAT_IGNORED', told);
    return BUILT_IN[column.type.form];
  }
}

/** Formats that every workbook has (ECMA-376 part 1, 18.8.30). */
const BUILT_IN: Record<TableColumn['type']['form'], string> = {
  text: '@',
  link: '@',
  number: 'General',
  truth: 'General',
  time: 'mm-dd-yy',
  duration: '[h]:mm:ss',
};

/** The order that Microsoft's own checker asks for; the standard allows any. */
const FONT_ORDER = ['b', 'i', 'strike', 'u', 'vertAlign', 'sz', 'color', 'name', 'family', 'charset', 'scheme'];

function withSortedFonts(styles: string): string {
  const place = (element: string) => FONT_ORDER.indexOf(/\w+/.exec(element)?.[0] ?? '');
  return styles.replace(/(<font>)(.*?)(<\/font>)/g, (_, open: string, children: string, close: string) => {
    const elements = children.match(/<[^>]+\/>/g) ?? [];
    return open + elements.sort((a, b) => place(a) - place(b)).join('') + close;
  });
}
