import type { ReportSpec, TableSpec } from '../../domain/request.ts';
import { conventionsOf } from '../values/locale.ts';
import { cleanText } from '../values/text.ts';
import { firstDirection } from './direction.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { StyleBook } from './style-book.ts';
import { SUBTITLE, TITLE, titleStyle } from './styles.ts';

/** In points. */
const LOGO_ROW_HEIGHT = 42;
const TITLE_ROW_HEIGHT = 30;
const SUBTITLE_ROW_HEIGHT = 20;
const PARAMETER_ROW_HEIGHT = 16;
const GAP_ROW_HEIGHT = 8;

/** The rows above a table's header. */
export interface TitleRows {
  readonly xml: string;
  /** How many there are. */
  readonly count: number;
}

/** Where titles keep their texts and styles. */
export interface Books {
  readonly strings: SharedStrings;
  readonly styles: StyleBook;
}

/** Logo row, title, subtitle, what the rows were chosen by, and a gap. */
export function titleRows(report: ReportSpec, table: TableSpec, hasLogo: boolean, books: Books): TitleRows {
  const { rightToLeft } = conventionsOf(report.locale);
  const rows: string[] = [];
  const add = (height: number, text?: { readonly content: string; readonly look: typeof TITLE }): void => {
    const row = rows.length + 1;
    const attributes = `r="${row}" ht="${height}" customHeight="1"`;
    if (text === undefined) {
      rows.push(`<row ${attributes}/>`);
      return;
    }
    const style = books.styles.number(titleStyle(text.look, rightToLeft, firstDirection(text.content)));
    rows.push(`<row ${attributes}>${books.strings.cell(`A${row}`, style, text.content)}</row>`);
  };
  if (hasLogo) add(LOGO_ROW_HEIGHT);
  add(TITLE_ROW_HEIGHT, { content: cleanText(report.title), look: TITLE });
  const name = report.tables.length > 1 ? table.name : undefined;
  const subtitle = [name, report.subtitle].filter((text) => text !== undefined && text !== '').join(' · ');
  if (subtitle !== '') add(SUBTITLE_ROW_HEIGHT, { content: cleanText(subtitle), look: SUBTITLE });
  for (const { label, value } of report.parameters ?? []) {
    add(PARAMETER_ROW_HEIGHT, { content: cleanText(`${label}: ${value}`), look: SUBTITLE });
  }
  add(GAP_ROW_HEIGHT);
  return { xml: rows.join(''), count: rows.length };
}
