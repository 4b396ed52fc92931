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

export interface TitleLook {
  readonly font: Partial<Font>;
  readonly vertical: 'middle' | 'top';
}

export const TITLE: TitleLook = {
  font: { ...FONT, size: 18, bold: true, color: { argb: COLORS.accent } },
  vertical: 'middle',
};

export const SUBTITLE: TitleLook = { font: { ...FONT, size: 11, color: { argb: COLORS.quiet } }, vertical: 'top' };

/**
 * Programs align text by its own direction where nothing is said, and would cut a title that runs against its sheet at
 * the width of the first column. It is to run over the empty cells beside it.
 * @param rightToLeft the direction of the sheet
 * @param direction that of the text
 */
export function titleStyle(
  { font, vertical }: TitleLook,
  rightToLeft: boolean,
  direction: 'rtl' | 'ltr' | undefined,
): Partial<Style> {
  const horizontal = rightToLeft ? 'right' : 'left';
  return { font, alignment: { horizontal, vertical, ...(direction !== undefined && { readingOrder: direction }) } };
}

/** The styles that the cells of one column take, by the kind of row. */
export interface ColumnStyles {
  readonly header: Partial<Style>;
  readonly plain: Partial<Style>;
  readonly banded: Partial<Style>;
  /** Of text in a column of links that is none. */
  readonly plainText: Partial<Style>;
  readonly bandedText: Partial<Style>;
  readonly subtotal: Partial<Style>;
  readonly total: Partial<Style>;
}

/** What all columns of a table have in common. */
export interface TableLook {
  readonly banding: boolean;
  /** Whether rows may be of several lines: then all cells start at their top, for the eye to follow. */
  readonly wrapped: boolean;
}

/** @param formats of the cells and of the total */
export function columnStyles(
  column: TableColumn,
  [format, totalFormat]: readonly [string, string],
  { banding, wrapped }: TableLook,
): ColumnStyles {
  const alignment = alignmentOf(column, wrapped);
  const strong: Partial<Font> = { ...FONT, size: 11, bold: true, color: { argb: COLORS.accent } };
  const totalled = { font: strong, alignment, numFmt: totalFormat };
  const text = { font: bodyFont(false), alignment, numFmt: format, border: rules({ bottom: 'hair' }) };
  const plain = { ...text, font: bodyFont(column.type.form === 'link') };
  const band = banding && { fill: solid(COLORS.band) };
  return {
    header: {
      font: { ...strong, color: { argb: COLORS.onAccent } },
      fill: solid(COLORS.accent),
      alignment: { ...alignment, vertical: 'middle', wrapText: true, shrinkToFit: false },
    },
    plain,
    banded: { ...plain, ...band },
    plainText: text,
    bandedText: { ...text, ...band },
    subtotal: { ...totalled, fill: solid(COLORS.subtotal), border: rules({ bottom: 'thin' }) },
    total: { ...totalled, border: rules({ top: 'thin', bottom: 'double' }, COLORS.accent) },
  };
}

function alignmentOf(column: TableColumn, wrapped: boolean): Partial<Alignment> {
  const horizontal = column.align;
  const { form } = column.type;
  return {
    horizontal,
    // Or digits would touch the text of the next column.
    ...(horizontal !== 'center' && { indent: 1 }),
    vertical: wrapped ? 'top' : 'middle',
    ...(column.spec.wrap === true && { wrapText: true }),
    // Widths are known before the rows are: a number that outgrows them gets smaller instead of `###`.
    ...(column.spec.wrap !== true && form !== 'text' && form !== 'link' && { shrinkToFit: true }),
  };
}

function bodyFont(link: boolean): Partial<Font> {
  return { ...FONT, size: 11, color: { argb: link ? COLORS.link : COLORS.ink }, underline: link };
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
