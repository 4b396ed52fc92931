import { escapeXml } from './cell-text.ts';
import { columnLetters, quotedSheet } from './references.ts';

/** What a sheet's defined names are made of. Rows are 1-based. */
export interface NamedSheet {
  readonly name: string;
  readonly columns: number;
  readonly headerRow: number;
  /** The last row of data, where the filter ends. */
  readonly lastRow: number;
  /** Whether the sheet itself has a filter: that of a table is the table's own. */
  readonly hasFilter: boolean;
}

/**
 * Puts the names that Excel gives its own functions into `xl/workbook.xml`: the rows that every printed page repeats,
 * and the range of the filter, without which LibreOffice shows no buttons. exceljs would write sheet names without
 * doubling their apostrophes, which makes Excel call the workbook damaged.
 */
export function withDefinedNames(workbookXml: string, sheets: readonly NamedSheet[]): string {
  const names = [
    ...sheets.flatMap((sheet, i) =>
      sheet.hasFilter ? [definedName('_FilterDatabase', i, filterRange(sheet), true)] : [],
    ),
    ...sheets.map((sheet, i) => definedName('Print_Titles', i, titleRows(sheet))),
  ];
  return workbookXml.replace('</sheets>', () => `</sheets><definedNames>${names.join('')}</definedNames>`);
}

function definedName(name: string, sheet: number, range: string, hidden = false): string {
  const attributes = `name="_xlnm.${name}" localSheetId="${sheet}"${hidden ? ' hidden="1"' : ''}`;
  return `<definedName ${attributes}>${escapeXml(range)}</definedName>`;
}

function filterRange({ name, columns, headerRow, lastRow }: NamedSheet): string {
  return `${quotedSheet(name)}!$A$${headerRow}:$${columnLetters(columns - 1)}$${lastRow}`;
}

function titleRows({ name, headerRow }: NamedSheet): string {
  return `${quotedSheet(name)}!$${headerRow}:$${headerRow}`;
}
