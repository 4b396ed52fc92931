import HeaderFooterXform from 'exceljs/lib/xlsx/xform/sheet/header-footer-xform.js';
import PageMarginsXform from 'exceljs/lib/xlsx/xform/sheet/page-margins-xform.js';
import PageSetupXform from 'exceljs/lib/xlsx/xform/sheet/page-setup-xform.js';
import SheetViewXform from 'exceljs/lib/xlsx/xform/sheet/sheet-view-xform.js';
import type { ReportSpec } from '../../domain/request.ts';
import type { Warnings } from '../table/warnings.ts';
import { conventionsOf } from '../values/locale.ts';
import { headerFooter, pageSetup } from './print.ts';
import { ROW_HEIGHT } from './row-heights.ts';

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** What stands around a sheet's columns, rows and formats. */
export interface SheetFrame {
  /** Up to where the column widths go. */
  readonly head: string;
  /** How the sheet is printed. */
  readonly print: string;
}

/** What one sheet's frame depends on, besides the report. */
export interface FrameOptions {
  readonly columns: number;
  readonly grouped: boolean;
  /** Row number of the header, 1-based. */
  readonly headerRow: number;
}

/** Makes the frames of a report's sheets, whose page headers are the same. */
export class SheetFrames {
  readonly #report: ReportSpec;
  readonly #running: string;

  constructor(report: ReportSpec, createdAt: Date, warnings: Warnings) {
    this.#report = report;
    this.#running = new HeaderFooterXform().toXml(headerFooter(report, createdAt, warnings));
  }

  frame({ columns, grouped, headerRow }: FrameOptions): SheetFrame {
    const { freezeHeader = true } = this.#report.layout;
    const { rightToLeft } = conventionsOf(this.#report.locale);
    const view = new SheetViewXform().toXml({
      ...(freezeHeader ? { state: 'frozen', ySplit: headerRow } : { state: 'normal' }),
      rightToLeft,
      showGridLines: false,
    });
    const { margins, ...setup } = pageSetup(this.#report, columns);
    const outline = grouped ? ' outlineLevelRow="1"' : '';
    return {
      head:
        `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">` +
        `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>${view}</sheetViews>` +
        `<sheetFormatPr defaultRowHeight="${ROW_HEIGHT}" customHeight="1"${outline}/>`,
      print: new PageMarginsXform().toXml(margins) + new PageSetupXform().toXml(setup) + this.#running,
    };
  }
}
