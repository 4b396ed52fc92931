import type { PageSetup } from 'exceljs';
import type { ReportSpec } from '../../domain/request.ts';
import { cleanField } from '../table/clean-field.ts';
import { orientationOf, type Paper, paperOf } from '../table/paper.ts';
import type { Warnings } from '../table/warnings.ts';
import { conventionsOf, type PatternPart } from '../values/locale.ts';
import { cleanText } from '../values/text.ts';

/** ECMA-376 part 1, 18.3.1.63. */
const PAPER: Record<Paper, number> = { Letter: 1, Legal: 5, A3: 8, A4: 9, A5: 11 };
const MILLIMETRES_PER_INCH = 25.4;
const DEFAULT_MARGIN = 15;
/** A longer header makes Excel call the workbook corrupt; it counts the codes as well. */
const MAX_LENGTH = 255;

export function pageSetup(report: ReportSpec, columns: number): Partial<PageSetup> {
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

/** Header and footer in Excel's codes. Without a footer of the request's own, pages are numbered at the end side. */
export function headerFooter(
  report: ReportSpec,
  createdAt: Date,
  warnings: Warnings,
): { oddHeader?: string; oddFooter: string } {
  const codes: Record<string, string> = {
    ...PAGE_CODES,
    '{title}': marked(cleanText(report.title)),
    '{date}': writtenDate(report, createdAt),
  };
  const { rightToLeft } = conventionsOf(report.locale);
  const encode = (name: string, template: string) => {
    const clean = cleanField(template, warnings, () => `The ${name} of the page`);
    return fitting(name, sections(clean, codes, rightToLeft), warnings);
  };
  const { header, footer } = report.layout;
  return {
    ...(header !== undefined && { oddHeader: encode('header', header) }),
    oddFooter: encode('footer', footer ?? DEFAULT_FOOTER),
  };
}

const DEFAULT_FOOTER = '{title}\t\t{page} / {pages}';
const PAGE_CODES: Record<string, string> = { '{page}': '&P', '{pages}': '&N' };

/** Tabs part a line into start, centre and end; without tabs it is centred. */
function sections(template: string, codes: Record<string, string>, rightToLeft: boolean): string {
  const texts = template.split('\t');
  const [start, middle = '', end = ''] = texts.length === 1 ? ['', texts[0]] : texts;
  const [left, right] = rightToLeft ? [end, start] : [start, end];
  return [`&L${filled(left as string, codes)}`, `&C${filled(middle, codes)}`, `&R${filled(right as string, codes)}`]
    .filter((section) => section.length > 2)
    .join('');
}

/** Fills placeholders in. What a title brings along is never taken for a placeholder, nor for part of a code. */
function filled(text: string, codes: Record<string, string>): string {
  let written = '';
  let afterPage = false;
  for (const piece of text.split(/(\{(?:page|pages|title|date)\})/)) {
    const next = codes[piece] ?? marked(piece);
    if (next === '') continue;
    // `&P-1` would mean "the page before".
    written += afterPage && /^[+-]/.test(next) ? ` ${next}` : next;
    afterPage = piece in PAGE_CODES;
  }
  return written;
}

/** Literal ampersands are doubled before codes of our own come in. */
function marked(text: string): string {
  return text.replaceAll('&', '&&');
}

function fitting(name: string, text: string, warnings: Warnings): string {
  if (text.length <= MAX_LENGTH) return text;
  warnings.add('HEADER_CUT', () => `The ${name} of the page was cut: Excel takes ${MAX_LENGTH} characters.`);
  return cutCodes(text);
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
