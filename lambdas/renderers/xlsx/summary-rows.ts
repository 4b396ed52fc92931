import { type TableColumn, totalLabelColumn } from '../table/columns.ts';
import type { Groups } from '../table/groups.ts';
import { TOO_LARGE, type Total } from '../table/totals.ts';
import type { Form, TotalKind } from '../table/types/definition.ts';
import { cleanText } from '../values/text.ts';
import { cutText, escapeCodes, escapeXml, MAX_CELL_LENGTH } from './cell-text.ts';
import { columnLetters } from './references.ts';
import { roundedTime } from './serial-dates.ts';
import { cellNumber } from './stored-values.ts';
import type { OpenSheet } from './table-rows.ts';
import type { TableTotals } from './table-totals.ts';

/** Writes the row of a table's totals; the label goes to the first column that has none. */
export function writeTotalsRow(sheet: OpenSheet, totals: TableTotals, styles: readonly number[], label: string): void {
  writeSummary(sheet, totals, styles, { of: 'table', labelAt: totalLabelColumn(totals.columns), label: asText(label) });
}

/**
 * Writes the row of the present group's subtotals. It is named by the group's value, as a cell of its own column, so
 * that it is shown as the cells above it are, or as text in the first column without a total.
 */
export function writeSubtotalsRow(
  sheet: OpenSheet,
  totals: TableTotals,
  groups: Groups,
  styles: readonly number[],
): void {
  const own = groups.column.total === undefined;
  writeSummary(sheet, totals, styles, {
    of: 'group',
    labelAt: own ? groups.at : totalLabelColumn(totals.columns),
    label: own ? asValue(groups, totals) : asText(groups.labelOf(totals.groupCell)),
  });
}

interface Summary {
  readonly of: 'table' | 'group';
  /** Where the label goes. */
  readonly labelAt: number;
  /** What stands between the attributes that all cells have and the cell's end. */
  readonly label: string;
}

function writeSummary(sheet: OpenSheet, totals: TableTotals, styles: readonly number[], summary: Summary): void {
  const { blocks } = sheet;
  blocks.text(`<row r="${sheet.row}">`);
  styles.forEach((style, c) => {
    const place = c === 0 || sheet.references === 'full' ? ` r="${columnLetters(c)}${sheet.row}"` : '';
    const total = (summary.of === 'table' ? totals.table : totals.group)[c];
    const references = () => totals.references(summary.of, c, sheet.name);
    const own = total === undefined ? '' : totalCell(total, totals.columns[c] as TableColumn, references);
    const content = c === summary.labelAt ? summary.label : own;
    blocks.text(`<c${place} s="${style}"${content === '' ? '/>' : content}`);
  });
  blocks.text('</row>');
  sheet.row += 1;
}

/** A formula with its result. Where one would come to something else, or shows nothing, the right result alone. */
function totalCell(total: Total, column: TableColumn, references: () => string[]): string {
  const { result, kind } = total;
  if (result === undefined) return '';
  const formula = () => `<f>${escapeXml(`SUBTOTAL(${SUBTOTAL[kind]},${references().join(',')})`)}</f>`;
  // `Infinity` is no number to a reader.
  if (!Number.isFinite(result)) return ` t="e">${formula()}<v>${TOO_LARGE}</v></c>`;
  const stored = cellNumber(column.totalForm)(result);
  if (Number.isNaN(stored)) return asText(column.totalDisplay(result));
  return `>${total.isFormula ? formula() : ''}${valueElement(column.totalForm, stored)}</c>`;
}

/**
 * The functions of `SUBTOTAL`, which leaves other subtotals in its range out, so that a grand total over groups counts
 * nothing twice, and follows the filter that a reader sets.
 */
const SUBTOTAL: Record<TotalKind, number> = { average: 1, count: 3, max: 4, min: 5, sum: 9 };

function asText(text: string): string {
  const xml = escapeXml(escapeCodes(cutText(cleanText(text), MAX_CELL_LENGTH)));
  return ` t="inlineStr"><is><t xml:space="preserve">${xml}</t></is></c>`;
}

/** The value of the present group. */
function asValue(groups: Groups, { groupCell }: TableTotals): string {
  const key = groups.keyOf(groupCell);
  const { form } = groups.column.type;
  const stored = typeof key === 'number' ? cellNumber(form)(key) : Number.NaN;
  if (Number.isNaN(stored)) return asText(groups.labelOf(groupCell));
  return `${form === 'truth' ? ' t="b"' : ''}>${valueElement(form, stored)}</c>`;
}

function valueElement(form: Form, stored: number): string {
  return `<v>${form === 'time' ? roundedTime(stored) : stored}</v>`;
}
