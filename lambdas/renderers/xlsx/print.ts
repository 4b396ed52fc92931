import type { PageSetup } from 'exceljs';
import type { ReportSpec } from '../../domain/request.ts';
import { orientationOf, type Paper, paperOf } from '../table/paper.ts';
import { type RunningLine, type RunningPiece, runningTexts } from '../table/running-lines.ts';
import type { Warnings } from '../table/warnings.ts';
import { conventionsOf } from '../values/locale.ts';

/** ECMA-376 part 1, 18.3.1.63. */
const PAPER: Record<Paper, number> = { Letter: 1, Legal: 5, A3: 8, A4: 9, A5: 11 };
const MILLIMETRES_PER_INCH = 25.4;
const DEFAULT_MARGIN = 15;
/** A longer header makes Excel call the workbook corrupt; it counts the codes as well. */
const MAX_LENGTH = 255;

export function pageSetup(
  report: ReportSpec,
  columns: number,
): Partial<PageSetup> & { readonly margins: PageSetup['margins'] } {
  const { layout, locale } = report;
  const { margins } = layout;
  const inches = (millimetres: number | undefined) => (millimetres ?? DEFAULT_MARGIN) / MILLIMETRES_PER_INCH;
  return {
    paperSize: PAPER[paperOf(layout, locale)] as number,
    orientation: orientationOf(layout, columns),
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: {
      left: inches(margins?.left),
      right: inches(margins?.right),
      top: inches(margins?.top),
      bottom: inches(margins?.bottom),
      header: 0.3,
      footer: 0.3,
    },
  };
}

/** Header and footer in Excel's codes. */
export function headerFooter(
  report: ReportSpec,
  createdAt: Date,
  warnings: Warnings,
): { oddHeader?: string; oddFooter: string } {
  const { header, footer } = runningTexts(report, createdAt, warnings);
  const { rightToLeft } = conventionsOf(report.locale);
  const encode = (name: string, line: RunningLine) => fitting(name, sections(line, rightToLeft), warnings);
  return {
    ...(header !== undefined && { oddHeader: encode('header', header) }),
    oddFooter: encode('footer', footer),
  };
}

function sections({ start, center, end }: RunningLine, rightToLeft: boolean): string {
  const [left, right] = rightToLeft ? [end, start] : [start, end];
  return [`&L${codes(left)}`, `&C${codes(center)}`, `&R${codes(right)}`]
    .filter((section) => section.length > 2)
    .join('');
}

const PAGE_CODES = { page: '&P', pages: '&N' } as const;

function codes(pieces: readonly RunningPiece[]): string {
  let written = '';
  let afterPage = false;
  for (const piece of pieces) {
    // Ampersands of the text are doubled, and `&P-1` would mean "the page before".
    const next = typeof piece === 'string' ? PAGE_CODES[piece] : piece.text.replaceAll('&', '&&');
    written += afterPage && /^[+-]/.test(next) ? ` ${next}` : next;
    afterPage = typeof piece === 'string';
  }
  return written;
}

function fitting(name: string, text: string, warnings: Warnings): string {
  if (text.length <= MAX_LENGTH) return text;
  warnings.add('HEADER_CUT', () => `The ${name} of the page was cut: Excel allows ${MAX_LENGTH} characters.`);
  return cutCodes(text);
}

/** Cuts without leaving half of a code, an escaped ampersand or a surrogate pair. */
function cutCodes(text: string): string {
  const whole = /(?:&.|[\ud800-\udbff][\udc00-\udfff]|[^&])/gsy;
  let end = 0;
  while (whole.exec(text) !== null && whole.lastIndex <= MAX_LENGTH) end = whole.lastIndex;
  return text.slice(0, end);
}
