import type { Workbook, Worksheet } from 'exceljs';
import type { ReportSpec, TableSpec } from '../../domain/request.ts';
import type { Image } from '../images/image.ts';
import { readLogo } from '../images/logo.ts';
import { cleanField } from '../table/clean-field.ts';
import type { TableColumn } from '../table/columns.ts';
import type { Warnings } from '../table/warnings.ts';
import { conventionsOf } from '../values/locale.ts';
import { cleanText } from '../values/text.ts';
import { escapeCodes } from './cell-text.ts';
import { conditionalRules } from './conditional-formats.ts';
import { logoSize } from './logo.ts';
import { headerFooter, pageSetup } from './print.ts';
import { columnLetters } from './references.ts';
import { ROW_HEIGHT } from './row-heights.ts';
import { LAST_ROW_MARK, type SheetTemplate, splitSheet } from './sheet-template.ts';
import { storedParts } from './stored-zip.ts';
import { type ColumnStyles, columnStyles, SUBTITLE, TITLE } from './styles.ts';

/** A sheet to be made: a table's first, or one of those that it overflows to. */
export interface SheetPlan {
  readonly name: string;
  readonly table: TableSpec;
  readonly columns: readonly TableColumn[];
  /** Only a table's first sheet shows the logo. */
  readonly first: boolean;
}

/** Everything of a workbook but its cells. */
export interface Shell {
  /** By name, without the sheets themselves and their relationships. */
  readonly parts: ReadonlyMap<string, Buffer>;
  /** In the order of the plans. */
  readonly sheets: readonly SheetTemplate[];
}

/**
 * Lets exceljs make a workbook that holds, instead of data, one sample row of each kind, and takes it to pieces. The
 * sample cells carry the styles; what exceljs made of each is read back from the sheet.
 */
export async function buildShell(
  report: ReportSpec,
  plans: readonly SheetPlan[],
  createdAt: Date,
  warnings: Warnings,
): Promise<Shell> {
  // Loaded here, because a worker that makes a PDF must not pay for it.
  const { default: ExcelWorkbook } = await import('exceljs/lib/doc/workbook.js');
  const workbook = new ExcelWorkbook();
  setProperties(workbook, report, createdAt, warnings);
  const logo = logoOf(report, warnings);
  const imageId = logo && workbook.addImage({ buffer: Buffer.from(logo.bytes) as never, extension: logo.type });
  const page = headerFooter(report, createdAt, warnings);
  const headerRows = plans.map((plan) => {
    const sheet = workbook.addWorksheet(plan.name, { headerFooter: page });
    const headerRow = writeTitles(sheet, report, plan, logo);
    if (imageId !== undefined && logo !== undefined && plan.first) {
      sheet.addImage(imageId, { tl: { col: 0.1, row: 0.1 }, ext: logoSize(logo), editAs: 'absolute' });
    }
    writeTable(sheet, report, plan, { headerRow, warnings });
    return headerRow;
  });
  const options = { zip: { compression: 'STORE' } } as Parameters<typeof workbook.xlsx.writeBuffer>[0];
  const archive = await workbook.xlsx.writeBuffer(options);
  return takeApart(storedParts(Buffer.from(archive)), headerRows, plans);
}

function setProperties(workbook: Workbook, report: ReportSpec, createdAt: Date, warnings: Warnings): void {
  workbook.creator = 'Quire';
  workbook.lastModifiedBy = 'Quire';
  workbook.created = createdAt;
  workbook.modified = createdAt;
  workbook.title = cleanField(report.title, warnings, () => 'The title');
  if (report.subtitle !== undefined) workbook.subject = cleanField(report.subtitle, warnings, () => 'The subtitle');
}

function logoOf(report: ReportSpec, warnings: Warnings): Image | undefined {
  const image = readLogo(report.layout, warnings);
  if (image?.type === 'jpeg' && image.orientation > 1) {
    warnings.add('LOGO_NOT_TURNED', () => 'The logo is shown as it is stored: a workbook does not follow EXIF data.');
  }
  return image;
}

/** In points. */
const LOGO_ROW_HEIGHT = 42;
const TITLE_ROW_HEIGHT = 30;
const SUBTITLE_ROW_HEIGHT = 20;
const GAP_ROW_HEIGHT = 8;

/** Writes logo row, title, subtitle and a gap; returns the row number of the table's header. */
function writeTitles(sheet: Worksheet, report: ReportSpec, plan: SheetPlan, logo: Image | undefined): number {
  let row = 0;
  if (logo !== undefined) {
    row += 1;
    sheet.getRow(row).height = LOGO_ROW_HEIGHT;
  }
  row += 1;
  writeTitle(sheet, row, report.title, TITLE, TITLE_ROW_HEIGHT);
  const name = report.tables.length > 1 ? plan.table.name : undefined;
  const subtitle = [name, report.subtitle].filter((text) => text !== undefined && text !== '').join(' · ');
  if (subtitle !== '') {
    row += 1;
    writeTitle(sheet, row, subtitle, SUBTITLE, SUBTITLE_ROW_HEIGHT);
  }
  row += 1;
  sheet.getRow(row).height = GAP_ROW_HEIGHT;
  return row + 1;
}

function writeTitle(sheet: Worksheet, row: number, text: string, style: typeof TITLE, height: number): void {
  const cell = sheet.getCell(row, 1);
  cell.value = cellText(text);
  cell.style = style;
  sheet.getRow(row).height = height;
}

/** exceljs escapes for XML, but not what Excel itself would decode. */
function cellText(text: string): string {
  return escapeCodes(cleanText(text));
}

function writeTable(
  sheet: Worksheet,
  report: ReportSpec,
  { table, columns }: SheetPlan,
  { headerRow, warnings }: { headerRow: number; warnings: Warnings },
): void {
  const locale = conventionsOf(report.locale);
  const { freezeHeader = true, autoFilter = true, banding = true } = report.layout;
  sheet.views = [
    {
      ...(freezeHeader ? { state: 'frozen', ySplit: headerRow } : { state: 'normal' }),
      rightToLeft: locale.rightToLeft,
      showGridLines: false,
    },
  ];
  sheet.pageSetup = { ...sheet.pageSetup, ...pageSetup(report, columns.length) };
  sheet.properties.defaultRowHeight = ROW_HEIGHT;
  if (table.groupBy !== undefined) sheet.properties.outlineLevelRow = 1;
  const look = { banding, wrapped: columns.some(({ spec }) => spec.wrap === true) };
  const samples = sampleRows(sheet, headerRow);
  columns.forEach((column, i) => {
    const styles = columnStyles(column, look);
    for (const kind of KINDS) samples[kind].getCell(i + 1).style = styles[kind];
    samples.header.getCell(i + 1).value = escapeCodes(column.label);
    const ref = `${columnLetters(i)}${headerRow + 1}:${columnLetters(i)}${LAST_ROW_MARK}`;
    const rules = conditionalRules(column, warnings);
    if (rules.length > 0) sheet.addConditionalFormatting({ ref, rules });
  });
  if (autoFilter) {
    sheet.autoFilter = `A${headerRow}:${columnLetters(columns.length - 1)}${LAST_ROW_MARK}`;
  }
}

type Kind = keyof ColumnStyles;
const KINDS = ['header', 'plain', 'banded', 'subtotal', 'total'] as const satisfies readonly Kind[];

function sampleRows(sheet: Worksheet, headerRow: number): Record<Kind, ReturnType<Worksheet['getRow']>> {
  return {
    header: sheet.getRow(headerRow),
    plain: sheet.getRow(headerRow + 1),
    banded: sheet.getRow(headerRow + 2),
    subtotal: sheet.getRow(headerRow + 3),
    total: sheet.getRow(headerRow + 4),
  };
}

const STYLES_PART = 'xl/styles.xml';
const SHEET_PART = /^xl\/worksheets\/(?:_rels\/)?sheet\d+\.xml/;

function takeApart(parts: Map<string, Buffer>, headerRows: readonly number[], plans: readonly SheetPlan[]): Shell {
  const text = (name: string) => parts.get(name)?.toString('utf8');
  const sheets = plans.map((plan, i) => {
    const xml = text(`xl/worksheets/sheet${i + 1}.xml`);
    if (xml === undefined) throw new Error(`exceljs made no sheet ${i + 1}`);
    const relationships = text(`xl/worksheets/_rels/sheet${i + 1}.xml.rels`);
    return splitSheet(xml, relationships, headerRows[i] as number, plan.columns.length);
  });
  const others = new Map([...parts].filter(([name]) => !SHEET_PART.test(name)));
  others.set(STYLES_PART, Buffer.from(withSortedFonts(text(STYLES_PART) ?? '')));
  return { parts: others, sheets };
}

/** The order that Microsoft's own checker asks for; the standard allows any. */
const FONT_ORDER = ['b', 'i', 'strike', 'u', 'vertAlign', 'sz', 'color', 'name', 'family', 'charset', 'scheme'];

function withSortedFonts(styles: string): string {
  const place = (element: string) => FONT_ORDER.indexOf(/\w+/.exec(element)?.[0] ?? '');
  return styles.replace(/(<font>)(.*?)(<\/font>)/g, (_, open: string, children: string, close: string) => {
    const elements = children.match(/<[^>]+\/>/g) ?? [];
    return open + elements.sort((a, b) => place(a) - place(b)).join('') + close;
  });
}
