import CfRuleXform from 'exceljs/lib/xlsx/xform/sheet/cf/cf-rule-xform.js';
import CfRuleExtXform from 'exceljs/lib/xlsx/xform/sheet/cf-ext/cf-rule-ext-xform.js';
import type { ConditionalFormat } from '../../domain/request.ts';
import type { TableColumn } from '../table/columns.ts';
import type { Warnings } from '../table/warnings.ts';
import { conditionalRule } from './conditional-formats.ts';
import { columnLetters } from './references.ts';
import type { StyleBook } from './style-book.ts';

/** Rows from … to, 1-based, both included. */
export type RowRange = readonly [from: number, to: number];

/** A rule as XML; `undefined` as extension where it needs none. What has one is tied to it by an id: see {@link ID}. */
interface Rule {
  readonly xml: string;
  readonly extension: string | undefined;
}

interface FormattedColumn {
  readonly letters: string;
  readonly rules: readonly Rule[];
}

/** Stands for the id of a rule, which is another in each column. */
const ID = '{RULE}';
/** Ranges over all columns of a sheet. Beyond, a format is for all rows, subtotals among them. */
const MAX_RANGES = 100_000;

const EXTENSION_URI = '{78C0D931-6437-407d-A8EE-F0AAD7539E65}';
const X14 = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main';
const XM = 'http://schemas.microsoft.com/office/excel/2006/main';

/** The conditional formats of a table's columns. They are written piece by piece, since there may be many. */
export class ColumnFormats {
  readonly #columns: readonly FormattedColumn[];

  constructor(columns: readonly TableColumn[], styles: StyleBook, warnings: Warnings) {
    const known = new Map<string, Rule>();
    const rule = (format: ConditionalFormat, priority: number, column: TableColumn): Rule => {
      const key = JSON.stringify([format, priority, column.spec.type]);
      const made = known.get(key) ?? ruleOf(conditionalRule(format, priority, column, warnings), styles);
      known.set(key, made);
      return made;
    };
    this.#columns = columns
      .map((column, i) => ({
        letters: columnLetters(i),
        rules: (column.spec.conditionalFormats ?? []).map((format, at) => rule(format, at + 1, column)),
      }))
      .filter(({ rules }) => rules.length > 0);
  }

  /** Whether each of so many ranges of rows can be told from the others. */
  takes(ranges: number): boolean {
    return ranges * this.#columns.length <= MAX_RANGES;
  }

  /** The `<conditionalFormatting>` elements. */
  *elements(ranges: readonly RowRange[]): Generator<string> {
    const ids = ruleIds();
    for (const { letters, rules } of this.#columns) {
      const xml = rules.map((rule) => (rule.extension === undefined ? rule.xml : rule.xml.replace(ID, ids)));
      yield `<conditionalFormatting sqref="${placesOf(letters, ranges)}">${xml.join('')}</conditionalFormatting>`;
    }
  }

  /** The `<extLst>` of the sheet; nothing where no rule needs one. */
  *extensions(ranges: readonly RowRange[]): Generator<string> {
    const extended = this.#columns.filter(({ rules }) => rules.some(({ extension }) => extension !== undefined));
    if (extended.length === 0) return;
    const ids = ruleIds();
    yield `<extLst><ext uri="${EXTENSION_URI}" xmlns:x14="${X14}"><x14:conditionalFormattings>`;
    for (const { letters, rules } of extended) {
      const xml = rules.map(({ extension }) => extension?.replace(ID, ids) ?? '').join('');
      const places = `<xm:sqref>${placesOf(letters, ranges)}</xm:sqref>`;
      yield `<x14:conditionalFormatting xmlns:xm="${XM}">${xml}${places}</x14:conditionalFormatting>`;
    }
    yield '</x14:conditionalFormattings></ext></extLst>';
  }
}

function ruleOf({ style, ...rule }: ReturnType<typeof conditionalRule>, styles: StyleBook): Rule {
  const model = { ...rule, x14Id: ID, ...(style !== undefined && { dxfId: styles.difference(style) }) };
  const extension = new CfRuleExtXform().toXml(model);
  return { xml: new CfRuleXform().toXml(model), extension: extension === '' ? undefined : extension };
}

/** Gives out ids by number: random ones would make every file another. */
function ruleIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `{00000000-0000-4000-8000-${String(last).padStart(12, '0')}}`;
  };
}

function placesOf(letters: string, ranges: readonly RowRange[]): string {
  return ranges.map(([from, to]) => `${letters}${from}:${letters}${to}`).join(' ');
}
