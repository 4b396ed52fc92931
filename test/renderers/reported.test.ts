import { describe, expect, it } from 'vitest';
import { linesOf, POPPLER, render, type TestReport, warned } from './pdf/support.ts';
import { LIBREOFFICE, shownByLibreOffice } from './xlsx/libreoffice.ts';
import { render as renderXlsx } from './xlsx/support.ts';

/** A column of one type and format, its cells, and what a page shows of them: as people posted it, and got it wrong. */
type Shown = [type: string, format: string | undefined, cells: (string | number | boolean)[], shown: string[]];

const SHOWN: Shown[] = [
  ['date', 'dd.mm.yyyy', ['2026-03-05'], ['05.03.2026']],
  ['date', 'ddd, mmm d', ['2026-03-05'], ['Thu, Mar 5']],
  ['date', 'yyyy.mm.dd.', ['2026-03-05'], ['2026.03.05.']],
  ['date', 'yyyymmdd', ['2026-03-05'], ['20260305']],
  ['datetime', '[$-409]mmm d, yyyy h:mm AM/PM', ['2026-01-05T13:07:00'], ['Jan 5, 2026 1:07 PM']],
  ['datetime', 'hh:mm:ss.000', ['2026-03-05T02:53:09.123'], ['02:53:09.123']],
  ['number', '0.00E+00', [1234567.891, 1.5e-7], ['1.23E+06', '1.50E-07']],
  ['number', '##0.0E+0', [123456], ['123.5E+3']],
  ['number', '[>=1000]#,##0,"K";0', [1500, 500, 0.5], ['2K', '500', '1']],
  ['number', '[<0]"neg";[=0]"zero";"pos"', [12, -5, 0], ['pos', 'neg', 'zero']],
  ['number', 'General" kg"', [12.5], ['12.5 kg']],
  ['number', '# ?/?', [0.5, 2.25], ['1/2', '2 1/4']],
  ['number', '(000) 000-0000', [5551234567], ['(555) 123-4567']],
  ['number', '[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0', [12345678], ['1,23,45,678']],
  ['number', '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', [0], ['$-']],
  ['duration', 'd "d" hh:mm', [3600, 88904], ['0 d 01:00', '1 d 00:41']],
  ['duration', '[ss].00', [3600], ['3600.00']],
  ['number', undefined, [-0.001], ['0.00']],
  ['currency', undefined, [-0.001, -0.006], ['$0.00', '-$0.01']],
  ['percent', undefined, [-0.0001, 12345.678], ['0.0%', '1,234,567.8%']],
];

describe.skipIf(!POPPLER)('a value that came out wrong', () => {
  it.each(SHOWN)('is right on a page: %s in the format %s', async (type, format, cells, shown) => {
    const columns = [{ key: 'c', label: 'Header', type, currency: 'USD', ...(format !== undefined && { format }) }];
    const pdf = await render({ layout: { footer: '' }, tables: [{ columns, rows: cells.map((cell) => [cell]) }] });
    const lines = linesOf(pdf);
    const squeezed = lines.slice(lines.indexOf('Header') + 1).map((line) => line.replaceAll(' ', ''));
    expect(squeezed).toEqual(shown.map((text) => text.replaceAll(' ', '')));
    expect(warned(pdf)).toEqual({});
  });
});

describe('a number format that the files would show in two ways', () => {
  it.each(['0.00%%', '0%;-0%%'])('is ignored in both, and told: %s', async (format) => {
    const report = { tables: [{ columns: [{ key: 'c', type: 'percent', format }], rows: [[0.5]] }] };
    expect(warned(await render(report))).toEqual({ FORMAT_IGNORED: 1 });
    expect(warned(await renderXlsx(report))).toEqual({ FORMAT_IGNORED: 1 });
  });
});

/** Ten currencies beside each other, those among them that few programs know; the cells of each are the same. */
const CURRENCIES = ['EUR', 'USD', 'JPY', 'KWD', 'CLF', 'BTC', 'XAU', 'BHD', 'HUF', 'IDR'];
const AMOUNTS = [1234.5678, -1234.5, 0, -0.004, 1e12];

describe.skipIf(!POPPLER || !LIBREOFFICE)('ten currencies in one table', () => {
  const report: TestReport = {
    locale: 'de-DE',
    layout: { page: 'A3', footer: '' },
    tables: [
      {
        name: 'Currencies',
        columns: CURRENCIES.map((currency) => ({ key: currency, type: 'currency', currency })),
        rows: AMOUNTS.map((amount) => CURRENCIES.map(() => amount)),
      },
    ],
  };
  const written = (amount: number) =>
    CURRENCIES.map((currency) =>
      new Intl.NumberFormat('de-DE', { style: 'currency', currency, signDisplay: 'negative' })
        .format(amount)
        .replaceAll(/\s/g, ''),
    ).join('');

  it('are on a page as Intl writes them', async () => {
    const lines = linesOf(await render(report)).map((line) => line.replaceAll(/\s/g, ''));
    for (const amount of AMOUNTS) expect(lines).toContain(written(amount));
  });

  it('are in a sheet the same, in LibreOffice', async () => {
    const [sheet = []] = shownByLibreOffice((await renderXlsx(report)).bytes, ['Currencies']);
    const rows = sheet.map((row) => row.join('').replaceAll(/\s/g, ''));
    // A sheet takes the signs of the reader's own system, which here is English.
    const swapped = (text: string) => text.replaceAll(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'));
    for (const amount of AMOUNTS) expect(rows).toContain(swapped(written(amount)));
  });
});
