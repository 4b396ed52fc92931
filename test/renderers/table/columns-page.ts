import type { Cell } from '../../../lambdas/domain/cells.ts';
import type { ColumnType } from '../../../lambdas/domain/request.ts';
import { TYPES } from '../../../lambdas/renderers/table/types/index.ts';
import { type Pdf, type Word, wordsOf } from '../pdf/support.ts';
import { cellXml } from '../xlsx/support.ts';
import { type Both, renderBoth, type Side, sideInSheet, sideOnPage, styleOf } from './both.ts';

export const TYPE_NAMES = Object.keys(TYPES) as ColumnType[];
const TOTALS = ['sum', 'average', 'count', 'min', 'max'] as const;

/** What both engines make of something, by column type. */
export interface Seen<T> {
  readonly xlsx: ReadonlyMap<ColumnType, T>;
  readonly pdf: ReadonlyMap<ColumnType, T>;
}

/** A cell of each type, as a request writes it, without blanks in what it reads as. */
const SAMPLES: Record<ColumnType, Cell> = {
  text: 'Text',
  url: 'https://a.example',
  integer: 1234567,
  number: 1234.5,
  currency: -1234.5,
  percent: 0.125,
  boolean: true,
  date: '2026-11-24',
  datetime: '2026-11-24T16:20:30Z',
  duration: 'PT26H3M',
};

/** A table of one column for each type. */
function renderTypes(locale: string, cells: readonly Cell[], total?: (typeof TOTALS)[number]): Promise<Both> {
  const columns = TYPE_NAMES.map((type) => ({ key: type, label: `${type}:`, type, currency: 'EUR', total }));
  return renderBoth({ locale, layout: { page: 'A3', footer: '' }, tables: [{ columns, rows: [cells] }] });
}

/** At which side each engine puts a column of each type. What is no value of a type stands where its values do. */
export async function sides(locale: string): Promise<Seen<Side>> {
  const cells = TYPE_NAMES.map((_, i) => `No${i}`);
  const { xlsx, pdf } = await renderTypes(locale, cells);
  const words = wordsOf(pdf);
  return {
    xlsx: new Map(TYPE_NAMES.map((type, i) => [type, sideInSheet(xlsx, i)])),
    pdf: new Map(TYPE_NAMES.map((type, i) => [type, sideOnPage(words, `${type}:`, `No${i}`)])),
  };
}

/** The totals that each engine makes of each type: formulas in the sheet, words in the last row of the page. */
export async function totals(): Promise<Seen<string>> {
  const [xlsx, pdf] = [new Map(EMPTY), new Map(EMPTY)];
  const add = (made: Map<ColumnType, string>, type: ColumnType, total: string) =>
    made.set(type, [made.get(type), total].filter(Boolean).join(', '));
  const row = TYPE_NAMES.map((type) => SAMPLES[type]);
  for (const total of TOTALS) {
    const both = await renderTypes('en-US', row, total);
    const cells = cellXml(both.xlsx);
    const onPage = rowOnPage(both.pdf, 1);
    TYPE_NAMES.forEach((type, i) => {
      if (cells.get(`${String.fromCharCode(65 + i)}5`)?.includes('<f>')) add(xlsx, type, total);
      // The word stands where there is no total.
      if (onPage.has(type) && onPage.get(type) !== 'Total') add(pdf, type, total);
    });
  }
  return { xlsx, pdf };
}

const EMPTY = TYPE_NAMES.map((type): [ColumnType, string] => [type, '']);

/** What stands in a row of the page, by type. @param index of the row below the header */
function rowOnPage(pdf: Pdf, index: number): Map<ColumnType, string> {
  const words = wordsOf(pdf);
  const headers = TYPE_NAMES.map((type) => words.find(({ text }) => text === `${type}:`) as Word);
  const rows = words.filter((word) => word.top > (headers[0] as Word).bottom);
  const tops = [...new Set(rows.map(({ top }) => Math.round(top)))].sort((a, b) => a - b);
  const line = rows.filter(({ top }) => Math.round(top) === tops[index]).sort((a, b) => a.left - b.left);
  return new Map(phrases(line).map((phrase) => [TYPE_NAMES[nearest(phrase, headers)] as ColumnType, phrase.text]));
}

/** In points: wider than a blank, narrower than what lies between two columns. */
const GAP = 5;

/** Words of a line, those of one cell together. */
function phrases(line: readonly Word[]): Word[] {
  const found: Word[] = [];
  for (const word of line) {
    const last = found.at(-1);
    if (last === undefined || word.left - last.right > GAP) found.push(word);
    else found[found.length - 1] = { ...last, right: word.right, text: `${last.text} ${word.text}` };
  }
  return found;
}

function nearest(phrase: Word, headers: readonly Word[]): number {
  const distances = headers.map(({ left, right }) =>
    Math.min(
      Math.abs(left - phrase.left),
      Math.abs(right - phrase.right),
      Math.abs(left + right - phrase.left - phrase.right) / 2,
    ),
  );
  return distances.indexOf(Math.min(...distances));
}

/** The page of docs/ that says what each type is in each engine, as seen in files that were rendered for it. */
export async function columnsPage(): Promise<string> {
  const { xlsx, pdf } = await renderTypes(
    'en-US',
    TYPE_NAMES.map((type) => SAMPLES[type]),
  );
  const texts = rowOnPage(pdf, 0);
  const [latin, hebrew, made] = [await sides('en-US'), await sides('he-IL'), await totals()];
  const lines = TYPE_NAMES.flatMap((type, i) => {
    const seen = (file: 'xlsx' | 'pdf') => [latin, hebrew, made].map((what) => what[file].get(type) ?? '');
    return [
      [`\`${type}\``, 'XLSX', `\`${styleOf(xlsx, i).format}\``, ...seen('xlsx')],
      ['', 'PDF', texts.get(type) ?? '', ...seen('pdf')],
    ];
  });
  return `${HEAD}\n${markdownTable([['type', 'file', 'format or text', 'stands', 'right to left', 'totals'], ...lines])}`;
}

/** As the formatter of this project lays tables out. @param rows the first one is the header */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] as readonly string[]).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  const [header = [], ...body] = rows;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('');
}

const HEAD = `# What each column type is

Seen in files that both engines rendered, in English of the United States. A test keeps this page true;
\`npx vitest run --project unit test/renderers/table/columns-page.test.ts -u\` regenerates it. One module knows the types,
\`lambdas/renderers/table/types\`; the engines read it ([0018](decisions/0018-column-types.md)).

The cells are a text, an address, 1234567, 1234.5, −1234.5 EUR, 0.125, true, 24 November 2026, 16:20 of that day, and 26
hours and 3 minutes. A sheet holds a value and a format, a page what the value reads as.
`;
