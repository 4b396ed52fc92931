import { cleanText } from '../values/text.ts';
import { escapeCodes, escapeXml, MAX_CELL_LENGTH } from './cell-text.ts';
import { columnLetters } from './references.ts';
import type { OpenSheet } from './table-rows.ts';
import type { TableTotals } from './table-totals.ts';

/** Writes the row of a table's totals; the label goes to the first column that has none. */
export function writeTotalsRow(sheet: OpenSheet, totals: TableTotals, styles: readonly number[], label: string): void {
  const free = totals.table.indexOf(undefined);
  writeSummary(sheet, totals, styles, { of: 'table', column: free, label });
}

/** Writes the row of the present group's subtotals, named by the group's key. */
export function writeSubtotalsRow(sheet: OpenSheet, totals: TableTotals, styles: readonly number[]): void {
  const label = String(totals.groupKey ?? '');
  writeSummary(sheet, totals, styles, { of: 'group', column: totals.groupBy, label });
}

interface Summary {
  readonly of: 'table' | 'group';
  /** Where the label goes, unless that column has a total. */
  readonly column: number;
  readonly label: string;
}

function writeSummary(sheet: OpenSheet, totals: TableTotals, styles: readonly number[], summary: Summary): void {
  const { blocks } = sheet;
  blocks.text(`<row r="${sheet.row}">`);
  styles.forEach((style, c) => {
    const start = `<c r="${columnLetters(c)}${sheet.row}" s="${style}"`;
    const total = (summary.of === 'table' ? totals.table : totals.group)[c];
    const result = total?.result;
    if (total !== undefined && result !== undefined) {
      const formula = total.formula(totals.references(summary.of, c, sheet.name));
      blocks.text(formulaCell(start, formula, result));
    } else if (c === summary.column && total === undefined && summary.label !== '') {
      const text = escapeXml(escapeCodes(cleanText(summary.label).slice(0, MAX_CELL_LENGTH)));
      blocks.text(`${start} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`);
    } else {
      blocks.text(`${start}/>`);
    }
  });
  blocks.text('</row>');
  sheet.row += 1;
}

/** A result beyond what a double holds is the error that Excel itself would show: `Infinity` is no number to a reader. */
function formulaCell(start: string, formula: string, result: number): string {
  const [type, value] = Number.isFinite(result) ? ['', String(result)] : [' t="e"', '#NUM!'];
  return `${start}${type}><f>${escapeXml(formula)}</f><v>${value}</v></c>`;
}
