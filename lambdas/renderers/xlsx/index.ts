import { CONTENT_TYPES } from '../../domain/formats.ts';
import type { Renderer } from '../../domain/rendering.ts';
import { EXCEL_LIMITS, type SheetLimits } from './sheet-writer.ts';
import { WorkbookWriter } from './workbook.ts';

/** The XLSX engine. @param limits lowered by tests only */
export function createXlsxRenderer(limits: SheetLimits = EXCEL_LIMITS): Renderer {
  return {
    contentType: CONTENT_TYPES.xlsx,
    render: (report, tables, sink, context) => new WorkbookWriter(report, sink, context, limits).write(tables),
  };
}

export const xlsxRenderer: Renderer = createXlsxRenderer();
