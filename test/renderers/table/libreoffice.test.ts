import { beforeAll, describe, expect, it } from 'vitest';
import { conventionsOf } from '../../../lambdas/renderers/values/locale.ts';
import { type FormatScale, formatDisplay } from '../../../lambdas/renderers/values/number-format/display.ts';
import { loadLibraries } from '../../../lambdas/renderers/values/number-format/library.ts';
import * as formats from '../values/number-format/formats.ts';
import { LIBREOFFICE, shownByLibreOffice } from '../xlsx/libreoffice.ts';
import { render } from '../xlsx/support.ts';

interface Sheet {
  readonly type: string;
  readonly scale: FormatScale;
  readonly formats: readonly string[];
  readonly values: readonly (string | number)[];
}

const SHEETS: readonly Sheet[] = [
  { type: 'number', scale: 'number', formats: formats.NUMBER_FORMATS, values: formats.NUMBERS },
  { type: 'datetime', scale: 'time', formats: formats.DATE_FORMATS, values: formats.DATES },
  { type: 'duration', scale: 'duration', formats: formats.DURATION_FORMATS, values: formats.DURATIONS },
];

/** Where LibreOffice 7.4 shows something else than Excel: which cells, and why ours are right. */
const DIFFERENCES: readonly {
  readonly why: string;
  readonly formats: RegExp;
  readonly values?: (value: string | number) => boolean;
}[] = [
  { why: 'Excel keeps the point of a format whose decimals are all optional: `1.`', formats: /^(?:#|0|#,##0)?\.#+$/ },
  { why: 'Excel keeps the point before an exponent', formats: /^0\.E\+0$/ },
  { why: 'Excel shows all digits of zero before an exponent', formats: /^#+0\.0E\+0$/, values: (value) => value === 0 },
  {
    why: 'Excel rounds to fifteen digits first: 100.5 %',
    formats: /^(?:-?0|#|#,##0) ?%(?:;|$)/,
    values: (value) => value === 1.005,
  },
  {
    why: 'Excel takes the last convergent of a continued fraction that has room',
    formats: /[?0]\/[?0]/,
    values: isOneOf(123.456, -1234.567),
  },
  { why: 'LibreOffice has no fractions of such numbers', formats: /[?0]\/[?0-9]/, values: isOneOf(123_456_789_012) },
  {
    why: 'Excel shows the sign of a number that no condition calls negative',
    formats: /\[[<>=]/,
    values: (value) => Number(value) < 0,
  },
  {
    why: 'Excel shows the sign also where there are no digits',
    formats: /^"x?"$/,
    values: (value) => Number(value) < 0,
  },
  { why: 'General has eleven digits', formats: /General|^@$/ },
  { why: '`e` is the year where there are no eras', formats: /^e$/ },
  { why: 'A/P is written in capitals', formats: /A\/P/ },
  {
    why: 'Excel rounds to the second where it shows no parts of one, LibreOffice cuts',
    formats: /[hms]/,
    values: isOneOf('1969-12-31T23:59:59', '2026-08-09T10:11:12.5', 29, 30, 59, 59.6, 60, 599.5, 3599, 5400, 86_399),
  },
  {
    why: 'LibreOffice has no hours of a million days',
    formats: /^\[/,
    values: isOneOf('2099-05-17T15:16:17', '9999-12-31T23:59:58'),
  },
  { why: 'LibreOffice takes no seconds alone with decimals', formats: /^\[ss\]\.00$/ },
  {
    why: 'LibreOffice begins to count days at 30 December 1899',
    formats: /^d/,
    values: (value) => typeof value === 'number',
  },
];

function isOneOf(...some: (string | number)[]): (value: string | number) => boolean {
  return (value) => some.includes(value);
}

interface Shown {
  readonly format: string;
  readonly value: string | number;
  readonly here: string;
  readonly libreOffice: string;
}

async function showBoth(): Promise<Shown[]> {
  await loadLibraries();
  const tables = SHEETS.map((sheet) => ({
    name: sheet.type,
    columns: sheet.formats.map((format, i) => ({ key: `c${i}`, type: sheet.type, format })),
    rows: sheet.values.map((value) => sheet.formats.map(() => value)),
  }));
  const workbook = await render({ tables });
  expect(workbook.warnings).toEqual([]);
  const shown = shownByLibreOffice(
    workbook.bytes,
    SHEETS.map(({ type }) => type),
  );
  return SHEETS.flatMap((sheet, i) => compare(sheet, shown[i] as string[][]));
}

function compare({ scale, formats, values }: Sheet, rows: readonly string[][]): Shown[] {
  const header = rows.findIndex(([first]) => first === 'c0');
  return formats.flatMap((format, column) => {
    const display = formatDisplay(format, scale, conventionsOf('en-US'), () => 'default');
    return values.map((value, row) => ({
      format,
      value,
      here: display
        .value(typeof value === 'number' ? value : instant(value))
        .replaceAll('\u00a0', ' ')
        .trim(),
      libreOffice: rows[header + 1 + row]?.[column] ?? 'no cell',
    }));
  });
}

function instant(text: string): number {
  return Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`);
}

describe.runIf(LIBREOFFICE)('of 240 formats with 20 values each', () => {
  let cells: readonly Shown[] = [];
  beforeAll(async () => {
    cells = await showBoth();
  }, 120_000);

  it('LibreOffice shows what is shown here, but where it is known to differ from Excel', () => {
    expect(cells.length).toBeGreaterThan(4500);
    const different = cells.filter(({ here, libreOffice }) => here !== libreOffice);
    const known = ({ format, value }: Shown): boolean =>
      DIFFERENCES.some(({ formats, values }) => formats.test(format) && (values?.(value) ?? true));
    expect(different.filter((cell) => !known(cell))).toEqual([]);
  });

  it('no known difference is one no more', () => {
    const needless = DIFFERENCES.filter(({ formats, values }) =>
      cells.every(
        ({ format, value, here, libreOffice }) =>
          here === libreOffice || !formats.test(format) || !(values?.(value) ?? true),
      ),
    );
    expect(needless.map(({ why }) => why)).toEqual([]);
  });
});
