import type { PageSetup } from 'exceljs';
import type { ReportSpec } from '../../domain/request.ts';
import type { Warnings } from '../table/warnings.ts';
import { conventionsOf, type PatternPart } from '../values/locale.ts';
import { cleanText } from '../values/text.ts';

/** ECMA-376 part 1, 18.3.1.63. */
const PAPER = { Letter: 1, Legal: 5, A3: 8, A4: 9, A5: 11 } as const;
const MILLIMETRES_PER_INCH = 25.4;
const DEFAULT_MARGIN = 15;
/** A longer header makes Excel call the workbook corrupt; it counts the codes as well. */
const MAX_LENGTH = 255;
/** Wider tables are easier to read across the page. */
const LANDSCAPE_FROM_COLUMNS = 7;

/** @param headerRow repeated on every page; 1-based */
export function pageSetup(report: ReportSpec, columns: number, headerRow: number): Partial<PageSetup> {
  const { page, orientation, margins } = report.layout;
  const inches = (millimetres: number | undefined) => (millimetres ?? DEFAULT_MARGIN) / MILLIMETRES_PER_INCH;
  return {
    paperSize: PAPER[page ?? defaultPaper(report.locale)] as number,
    orientation: orientation ?? (columns >= LANDSCAPE_FROM_COLUMNS ? 'landscape' : 'portrait'),
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
    printTitlesRow: `${headerRow}:${headerRow}`,
  };
}

/** The countries that print on Letter (Unicode CLDR, "US" paper size). */
const LETTER = new Set(['US', 'CA', 'MX', 'CL', 'CO', 'CR', 'GT', 'PA', 'PH', 'PR', 'SV', 'VE', 'BZ', 'NI']);

function defaultPaper(locale: string): 'A4' | 'Letter' {
  return LETTER.has(new Intl.Locale(locale).maximize().region ?? '') ? 'Letter' : 'A4';
}

/** Header and footer in Excel's codes. Without a footer of the request's own, pages are numbered at the right. */
export function headerFooter(
  report: ReportSpec,
  createdAt: Date,
  warnings: Warnings,
): { oddHeader?: string; oddFooter: string } {
  const encode = (name: string, text: string) => codes(name, text, report, createdAt, warnings);
  const { header, footer } = report.layout;
  return {
    ...(header !== undefined && { oddHeader: encode('header', `&C${marked(header)}`) }),
    oddFooter: encode('footer', footer === undefined ? `&L${marked('{title}')}&R&P / &N` : `&C${marked(footer)}`),
  };
}

/** Literal ampersands are doubled before codes of our own come in. */
function marked(text: string): string {
  return cleanText(text).replaceAll('&', '&&');
}

function codes(name: string, text: string, report: ReportSpec, createdAt: Date, warnings: Warnings): string {
  const values: Record<string, string> = {
    '{page}': '&P',
    '{pages}': '&N',
    '{title}': marked(report.title),
    '{date}': writtenDate(report, createdAt),
  };
  // `&P-1` would mean "the page before".
  const filled = text
    .replace(/\{pages?\}(?=[+-])/g, '$& ')
    .replace(/\{(?:page|pages|title|date)\}/g, (placeholder) => values[placeholder] as string);
  if (filled.length <= MAX_LENGTH) return filled;
  warnings.add('HEADER_CUT', () => `The ${name} of the page was cut: Excel takes ${MAX_LENGTH} characters.`);
  return cutCodes(filled);
}

/** Cuts without leaving half of a code, an escaped ampersand or a surrogate pair. */
function cutCodes(text: string): string {
  const whole = /(?:&.|[\ud800-\udbff][\udc00-\udfff]|[^&])/gsy;
  let end = 0;
  while (whole.exec(text) !== null && whole.lastIndex <= MAX_LENGTH) end = whole.lastIndex;
  return text.slice(0, end);
}

/** The job's creation day as the locale writes it; a live date would change with every opening. */
function writtenDate(report: ReportSpec, createdAt: Date): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: report.timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const parts = new Map(format.formatToParts(createdAt).map((part) => [part.type as string, part.value]));
  const write = (part: PatternPart) => (part.type === 'literal' ? part.text : (parts.get(part.type) ?? ''));
  return conventionsOf(report.locale).date.map(write).join('');
}
