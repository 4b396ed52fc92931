import type { Rendered } from '../../../lambdas/domain/rendering.ts';
import { type Pdf, renderUnchecked, type TestReport, type Word } from '../pdf/support.ts';
import { cellXml, parts, render as renderXlsx, sheetXml, type Workbook } from '../xlsx/support.ts';

/** One request as both files. */
export interface Both {
  readonly xlsx: Workbook;
  readonly pdf: Pdf;
}

/** Renders one request with both engines. */
export async function renderBoth(report: TestReport): Promise<Both> {
  return { xlsx: await renderXlsx(report), pdf: await renderUnchecked(report) };
}

export type Side = 'left' | 'center' | 'right';

/** Of the first row: the `<xf>` of a cell's style and its number format's code. */
export function styleOf(workbook: Workbook, column: number): { xf: string; format: string } {
  const styles = parts(workbook.bytes).get('xl/styles.xml') ?? '';
  const number = / s="(\d+)"/.exec(cellXml(workbook, 1, 1).get(`${String.fromCharCode(65 + column)}4`) ?? '')?.[1];
  const xfs = styles.slice(styles.indexOf('<cellXfs'), styles.indexOf('</cellXfs>')).match(/<xf .*?(?:\/>|<\/xf>)/g);
  const xf = xfs?.[Number(number)] ?? '';
  const id = /numFmtId="(\d+)"/.exec(xf)?.[1] ?? '';
  const code = new RegExp(`numFmtId="${id}" formatCode="([^"]*)"`).exec(styles)?.[1] ?? BUILT_IN[id] ?? id;
  return { xf, format: code.replaceAll('&quot;', '"') };
}

/** ECMA-376 part 1, 18.8.30. */
const BUILT_IN: Readonly<Record<string, string>> = { 3: '#,##0', 4: '#,##0.00', 46: '[h]:mm:ss', 49: '@' };

/** Where the cells of a column stand in the sheet. */
export function sideInSheet(workbook: Workbook, column: number): Side {
  return /horizontal="(left|center|right)"/.exec(styleOf(workbook, column).xf)?.[1] as Side;
}

/** Where a cell stands on the page, seen from its header, a word of another width. */
export function sideOnPage(words: readonly Word[], header: string, cell: string): Side {
  const [above, below] = [header, cell].map((text) => words.find((word) => word.text === text)) as [Word, Word];
  if (Math.abs(above.left - below.left) < 0.6) return 'left';
  return Math.abs(above.right - below.right) < 0.6 ? 'right' : 'center';
}

/** The paper's name and how it lies, as the sheet's page setup says. */
export function paperOfSheet(workbook: Workbook): { paper: string; orientation: string } {
  const [, paper, orientation] = /<pageSetup paperSize="(\d+)" orientation="(\w+)"/.exec(sheetXml(workbook)) ?? [];
  return { paper: SHEET_PAPERS[paper ?? ''] ?? '', orientation: orientation ?? '' };
}

const SHEET_PAPERS: Readonly<Record<string, string>> = { 1: 'Letter', 5: 'Legal', 8: 'A3', 9: 'A4', 11: 'A5' };

/** The same by the size of the pages. @param objects the file without compression */
export function paperOfPages(objects: string): { paper: string; orientation: string } {
  const [, width, height] = /\/MediaBox \[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(objects) ?? [];
  const short = Math.round(Math.min(Number(width), Number(height)));
  const orientation = Number(width) > Number(height) ? 'landscape' : 'portrait';
  return { paper: PAGE_PAPERS[`${short}`] ?? '', orientation };
}

/** By their shorter side in points. */
const PAGE_PAPERS: Readonly<Record<string, string>> = { 842: 'A3', 595: 'A4', 420: 'A5', 612: 'Letter' };

/** Codes, details and counts. */
export function warningsOf({ warnings }: Rendered): readonly string[] {
  return warnings.map(({ code, detail, count }) => `${code} × ${count}: ${detail}`).sort();
}
