import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PDFINFO, tablesOf } from '../pdf/structure.ts';
import { LIBREOFFICE, shownByLibreOffice } from '../xlsx/libreoffice.ts';
import { render } from '../xlsx/support.ts';
import { renderBoth } from './both.ts';
import { type AnyTable, anyTable } from './tables.ts';

const TABLES = 40;
/** Letters alone, which names of files are made of. */
const nameOf = (i: number) => `T${String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26))}`;

/** The rows of a sheet below its header, without the empty one that a table without rows has. */
function rowsOfSheet(sheet: readonly (readonly string[])[], { columns, rows }: AnyTable): string[][] {
  const header = sheet.findIndex((row) => row[0] === 'c0');
  const below = sheet.slice(header + 1 + (rows.length === 0 ? 1 : 0));
  return withoutBlankEnd(below.map((row) => columns.map((_, c) => unspaced(row[c] ?? ''))));
}

/** The rows of the PDF below its header, in the words and places of a sheet: there a group is named below its rows. */
function rowsOfPage(table: readonly (readonly string[])[], spec: AnyTable): string[][] {
  const free = spec.columns.findIndex(({ total }) => total === undefined);
  const own = spec.columns.findIndex(({ key }) => key === spec.groupBy);
  const labelAt = spec.columns[own]?.total === undefined ? own : free;
  const inWords = (text: string, c: number) =>
    spec.columns[c]?.type === 'boolean' ? text.replace(/^yes$/, 'TRUE').replace(/^no$/, 'FALSE') : text;
  const rows = spec.columns.some(({ total }) => total !== undefined)
    ? table.slice(1).filter((row) => row.length > 1)
    : namedBelow(table.slice(1), spec.columns.length, labelAt);
  const inPlace = rows.map((row) => {
    const label = /^Total ?(.+)$/.exec(row[free] ?? '')?.[1];
    const cells =
      label === undefined ? [...row] : row.map((cell, c) => (c === labelAt ? label : c === free ? '' : cell));
    return cells.map((cell, c) => unspaced(inWords(cell.trim(), c)));
  });
  return withoutBlankEnd(inPlace);
}

/** Rows whose headings, which have a single cell, stand below what they head: where there are no subtotals. */
function namedBelow(rows: readonly (readonly string[])[], columns: number, labelAt: number): string[][] {
  const placed: string[][] = [];
  let name: string | undefined;
  const end = () => {
    if (name !== undefined) placed.push(Array.from({ length: columns }, (_, c) => (c === labelAt ? `${name}` : '')));
  };
  for (const row of rows) {
    if (row.length > 1) {
      placed.push([...row]);
      continue;
    }
    end();
    name = row[0];
  }
  end();
  return placed;
}

/** Where a cell has two lines, the structure's text has nothing between them. */
function unspaced(text: string): string {
  return text.replaceAll(' ', '');
}

/** LibreOffice does not write what has nothing below and to the right of it. */
function withoutBlankEnd(rows: readonly string[][]): string[][] {
  const end = rows.findLastIndex((row) => row.some((cell) => cell !== ''));
  return rows.slice(0, end + 1);
}

describe.runIf(PDFINFO && LIBREOFFICE)('one request in both files', () => {
  it(`shows the same text in every cell of ${TABLES} tables, in LibreOffice and in the PDF`, async () => {
    const specs = fc.sample(anyTable, TABLES).map((table, i) => ({ ...table, name: nameOf(i) }));
    const layout = { page: 'A3', orientation: 'landscape', tagged: true };
    const { xlsx, pdf } = await renderBoth({ layout, tables: specs });
    const pages = tablesOf(pdf);
    const sheets = shownByLibreOffice(
      xlsx.bytes,
      specs.map(({ name }) => name),
    );
    expect(pages).toHaveLength(TABLES);
    for (const [i, spec] of specs.entries()) {
      const onPage = rowsOfPage(pages[i] as string[][], spec);
      expect(rowsOfSheet(sheets[i] as string[][], spec), JSON.stringify(spec)).toEqual(onPage);
    }
  }, 120_000);

  it('every minute of a day is the same in LibreOffice, which cuts, as it was sent', async () => {
    const days = ['1950-01-01', '1969-12-24', '2026-11-24', '2079-07-09', '2240-02-29'];
    const two = (n: number) => String(n).padStart(2, '0');
    const minutes = Array.from({ length: 1440 }, (_, i) => `${two(Math.floor(i / 60))}:${two(i % 60)}`);
    const columns = days.map((key) => ({ key, type: 'datetime' }));
    const rows = minutes.map((minute) => days.map((day) => `${day}T${minute}:00`));
    const workbook = await render({ title: 'T', locale: 'sv-SE', tables: [{ name: 'Minutes', columns, rows }] });
    const [sheet = []] = shownByLibreOffice(workbook.bytes, ['Minutes']);
    const header = sheet.findIndex(([first]) => first === days[0]);
    expect(sheet.slice(header + 1, header + 1441)).toEqual(
      minutes.map((minute) => days.map((day) => `${day} ${minute}`)),
    );
  }, 120_000);
});
