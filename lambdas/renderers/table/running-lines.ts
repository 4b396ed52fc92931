import type { ReportSpec } from '../../domain/request.ts';
import { dateTimeParser } from '../values/dates.ts';
import { conventionsOf } from '../values/locale.ts';
import { cleanText } from '../values/text.ts';
import { cleanField } from './clean-field.ts';
import { displayOf } from './display.ts';
import type { Warnings } from './warnings.ts';

/** A piece of a page's header or footer: text, or a number that each page fills in. */
export type RunningPiece = { readonly text: string } | 'page' | 'pages';

/** A header or footer. `start` is where the report's language starts. */
export interface RunningLine {
  readonly start: readonly RunningPiece[];
  readonly center: readonly RunningPiece[];
  readonly end: readonly RunningPiece[];
}

/** The request's header and footer, read once. */
export interface RunningTexts {
  readonly header: RunningLine | undefined;
  readonly footer: RunningLine;
}

/** Where nothing else is asked for: the title where reading starts, the page's number at the other side. */
const DEFAULT_FOOTER = '{title}\t\t{page} / {pages}';

/** Reads header and footer. `{date}` is the day of the job's creation in the request's time zone. */
export function runningTexts(report: ReportSpec, createdAt: Date, warnings: Warnings): RunningTexts {
  const values = { '{title}': oneLine(report.title), '{date}': dayOf(createdAt, report) };
  const read = (name: string, template: string) =>
    readLine(
      cleanField(template, warnings, () => `The ${name} of the page`),
      values,
    );
  const { header, footer } = report.layout;
  return {
    header: header === undefined ? undefined : read('header', header),
    footer: read('footer', footer ?? DEFAULT_FOOTER),
  };
}

/** Tabs part a line into start, centre and end; without tabs it is centred. */
function readLine(template: string, values: Record<string, string>): RunningLine {
  const [first = [], second, ...rest] = template.split('\t').map((text) => readPieces(text, values));
  return second === undefined
    ? { start: [], center: first, end: [] }
    : { start: first, center: second, end: rest.flat() };
}

/** Fills placeholders in, once: what a title brings along is never taken for one. */
function readPieces(text: string, values: Record<string, string>): RunningPiece[] {
  return text
    .trim()
    .split(/(\{(?:page|pages|title|date)\})/)
    .map((piece): RunningPiece => {
      if (piece === '{page}') return 'page';
      if (piece === '{pages}') return 'pages';
      return { text: Object.hasOwn(values, piece) ? (values[piece] as string) : piece };
    })
    .filter((piece) => typeof piece === 'string' || piece.text !== '');
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function dayOf(createdAt: Date, { locale, timeZone }: ReportSpec): string {
  const display = displayOf({ key: '', type: 'date' }, conventionsOf(locale), timeZone);
  return display.value(dateTimeParser(timeZone)(createdAt.toISOString()));
}
