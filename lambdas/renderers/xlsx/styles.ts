import type { Alignment, Border, Borders, Fill, Font, Style } from 'exceljs';
import type { TableColumn } from '../table/columns.ts';

/** ARGB. Ink on white with one dark accent: it has to survive a black-and-white printer. */
const COLORS = {
  accent: 'FF1F3A5F',
  onAccent: 'FFFFFFFF',
  band: 'FFF3F6FA',
  rule: 'FFD5DCE6',
  subtotal: 'FFE4EAF2',
  ink: 'FF1B1F24',
  quiet: 'FF5B6672',
  link: 'FF0B5CAD',
} as const;

const FONT = { name: 'Calibri', family: 2 } as const;

export const TITLE: Partial<Style> = {
  font: { ...FONT, size: 18, bold: true, color: { argb: COLORS.accent } },
  alignment: { vertical: 'middle' },
};

export const SUBTITLE: Partial<Style> = {
  font: { ...FONT, size: 11, color: { argb: COLORS.quiet } },
  alignment: { vertical: 'top' },
};

/** The styles that the cells of one column take, by the kind of row. */
export interface ColumnStyles {
  readonly header: Partial<Style>;
  readonly plain: Partial<Style>;
  readonly banded: Partial<Style>;
  readonly subtotal: Partial<Style>;
  readonly total: Partial<Style>;
}

/** What all columns of a table have in common. */
export interface TableLook {
  readonly banding: boolean;
  /** Whether rows may be of several lines: then all cells start at their top, for the eye to follow. */
  readonly wrapped: boolean;
}

export function columnStyles(column: TableColumn, { banding, wrapped }: TableLook): ColumnStyles {
  const horizontal = column.align;
  const alignment: Partial<Alignment> = {
    horizontal,
    // Or digits would touch the text of the next column.
    ...(horizontal !== 'center' && { indent: 1 }),
    vertical: wrapped ? 'top' : 'middle',
    ...(column.spec.wrap === true && { wrapText: true }),
  };
  const link = column.type.form === 'link';
  const body: Partial<Font> = { ...FONT, size: 11, color: { argb: link ? COLORS.link : COLORS.ink }, underline: link };
  const strong: Partial<Font> = { ...FONT, size: 11, bold: true, color: { argb: COLORS.accent } };
  const totalled = { font: strong, alignment, numFmt: column.totalExcelFormat };
  const plain = { font: body, alignment, numFmt: column.excelFormat, border: rules({ bottom: 'hair' }) };
  return {
    header: {
      font: { ...strong, color: { argb: COLORS.onAccent } },
      fill: solid(COLORS.accent),
      alignment: { ...alignment, vertical: 'middle', wrapText: true },
    },
    plain,
    banded: banding ? { ...plain, fill: solid(COLORS.band) } : plain,
    subtotal: { ...totalled, fill: solid(COLORS.subtotal), border: rules({ bottom: 'thin' }) },
    total: { ...totalled, border: rules({ top: 'thin', bottom: 'double' }, COLORS.accent) },
  };
}

function solid(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

type Rule = NonNullable<Border['style']>;

function rules(sides: { top?: Rule; bottom?: Rule }, argb: string = COLORS.rule): Partial<Borders> {
  return {
    ...(sides.top !== undefined && { top: { style: sides.top, color: { argb } } }),
    ...(sides.bottom !== undefined && { bottom: { style: sides.bottom, color: { argb } } }),
  };
}
