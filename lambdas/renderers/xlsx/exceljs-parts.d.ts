/**
 * The writers of exceljs for single parts of a workbook. Its own model of a workbook holds every column and cell as
 * objects and writes them in one go; its main entry loads a zip library, a CSV reader and two streaming ones as well.
 */
interface Xform<Model> {
  toXml(model: Model): string;
}

declare module 'exceljs/lib/xlsx/xform/style/styles-xform.js' {
  import type { Style } from 'exceljs';
  export default class StylesXform {
    /** @param initialise to collect styles */
    constructor(initialise: boolean);
    /** @returns the number that cells name the style by */
    addStyleModel(style: Partial<Style>): number;
    /** @returns the number that conditional formats name the style by */
    addDxfStyle(style: Partial<Style>): number;
    readonly xml: string;
  }
}

declare module 'exceljs/lib/xlsx/xform/sheet/cf/cf-rule-xform.js' {
  import type { ConditionalFormattingRule } from 'exceljs';
  export default class CfRuleXform implements Xform<ConditionalFormattingRule> {
    toXml(rule: ConditionalFormattingRule & { dxfId?: number; x14Id?: string }): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/sheet/cf-ext/cf-rule-ext-xform.js' {
  import type { ConditionalFormattingRule } from 'exceljs';
  export default class CfRuleExtXform implements Xform<ConditionalFormattingRule> {
    /** @returns nothing for a rule that needs no extension */
    toXml(rule: ConditionalFormattingRule & { x14Id?: string }): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/sheet/sheet-view-xform.js' {
  import type { WorksheetView } from 'exceljs';
  export default class SheetViewXform implements Xform<Partial<WorksheetView>> {
    toXml(view: Partial<WorksheetView>): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/sheet/page-setup-xform.js' {
  import type { PageSetup } from 'exceljs';
  export default class PageSetupXform implements Xform<Partial<PageSetup>> {
    toXml(setup: Partial<PageSetup>): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/sheet/page-margins-xform.js' {
  import type { Margins } from 'exceljs';
  export default class PageMarginsXform implements Xform<Margins> {
    toXml(margins: Margins): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/sheet/header-footer-xform.js' {
  import type { HeaderFooter } from 'exceljs';
  export default class HeaderFooterXform implements Xform<Partial<HeaderFooter>> {
    toXml(texts: Partial<HeaderFooter>): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/drawing/drawing-xform.js' {
  /** In EMU from the upper left corner of a cell; counted from 0. */
  interface Anchor {
    range: {
      tl: { nativeCol: number; nativeColOff: number; nativeRow: number; nativeRowOff: number };
      ext: { width: number; height: number };
      editAs: string;
    };
    picture: { rId: string };
  }
  export default class DrawingXform implements Xform<{ anchors: Anchor[] }> {
    prepare(drawing: { anchors: Anchor[] }): void;
    toXml(drawing: { anchors: Anchor[] }): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/core/core-xform.js' {
  export interface CoreProperties {
    creator: string;
    lastModifiedBy: string;
    title: string;
    subject: string | undefined;
    created: Date;
    modified: Date;
  }
  export default class CoreXform implements Xform<CoreProperties> {
    toXml(properties: CoreProperties): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/core/app-xform.js' {
  export default class AppXform implements Xform<{ worksheets: { name: string }[] }> {
    toXml(model: { worksheets: { name: string }[] }): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/book/workbook-xform.js' {
  interface BookModel {
    properties: object;
    views: object[];
    sheets: { id: number; name: string; rId: string; state: string }[];
    definedNames: object[];
    calcProperties: object;
  }
  export default class WorkbookXform implements Xform<BookModel> {
    toXml(model: BookModel): string;
  }
}

declare module 'exceljs/lib/xlsx/xml/theme1.js' {
  const theme: string;
  export default theme;
}
