/** A row that no sheet reaches with data: where the shell says it, the last row of data is filled in at the end. */
export const LAST_ROW_MARK = 1_048_575;

/** The style numbers of a table's columns, by the kind of row. */
export interface StyleNumbers {
  readonly plain: readonly number[];
  readonly banded: readonly number[];
  readonly subtotal: readonly number[];
  readonly total: readonly number[];
}

/** A sheet's XML in the pieces between which the engine writes. */
export interface SheetTemplate {
  /** Up to where the column widths go. */
  readonly head: string;
  /** `<sheetData>` with the titles and the header row. */
  readonly titles: string;
  /** From `</sheetData>` to where the links go. */
  readonly tail: string;
  /** From there to the end. */
  readonly end: string;
  /** The `<Relationship>` elements that the pieces refer to. */
  readonly relationships: string;
  /** Row number of the header, 1-based; data starts below it. */
  readonly headerRow: number;
  readonly styles: StyleNumbers;
}

/** Splits the sheet that exceljs made at its sample rows, which follow the header row in the order of `StyleNumbers`. */
export function splitSheet(
  xml: string,
  relationships: string | undefined,
  headerRow: number,
  columns: number,
): SheetTemplate {
  const body = between(xml, `<row r="${headerRow + 1}"`, '</sheetData>');
  const start = xml.indexOf('<sheetData>');
  const foot = xml.slice(body.end);
  const links = foot.search(/<(?:printOptions|pageMargins)\b/);
  const styles = (row: number) => styleNumbers(body.text, headerRow + row, columns);
  return {
    // The size is not known yet, and a wrong one would make readers miss rows.
    head: stableIds(xml.slice(0, start).replace(/<dimension [^>]*>/, '')),
    titles: xml.slice(start, body.start),
    tail: stableIds(foot.slice(0, links)),
    end: stableIds(foot.slice(links)),
    relationships: (relationships?.match(/<Relationship .*?\/>/g) ?? []).join(''),
    headerRow,
    styles: { plain: styles(1), banded: styles(2), subtotal: styles(3), total: styles(4) },
  };
}

function between(xml: string, from: string, to: string): { text: string; start: number; end: number } {
  const start = xml.indexOf(from);
  const end = xml.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error('exceljs wrote the sample rows in a form that is not known');
  return { text: xml.slice(start, end), start, end };
}

function styleNumbers(rows: string, row: number, columns: number): number[] {
  const numbers = [...rows.matchAll(new RegExp(`<c r="[A-Z]+${row}"(?: s="(\\d+)")?`, 'g'))].map((m) =>
    Number(m[1] ?? 0),
  );
  if (numbers.length !== columns) throw new Error('exceljs left out a sample cell');
  return numbers;
}

/**
 * exceljs ties a data bar to its extension by a random id, which would make every file another. In attributes and in
 * `x14:id` nothing of a request can stand unescaped, so that only those ids are met.
 */
function stableIds(xml: string): string {
  const known = new Map<string, string>();
  return xml.replace(/(<x14:id>|\bid=")\{([0-9A-F-]{36})\}/gi, (_, before: string, id: string) => {
    if (!known.has(id)) known.set(id, String(known.size + 1).padStart(12, '0'));
    return `${before}{00000000-0000-4000-8000-${known.get(id)}}`;
  });
}
