import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '../../../lambdas/domain/request.ts';
import { TYPES } from '../../../lambdas/renderers/table/types/index.ts';
import { conventionsOf, type LocaleConventions } from '../../../lambdas/renderers/values/locale.ts';
import { formatDisplay } from '../../../lambdas/renderers/values/number-format/display.ts';
import { loadLibraries } from '../../../lambdas/renderers/values/number-format/library.ts';
import type { NumberStyle } from '../../../lambdas/renderers/values/number-style.ts';

const LOCALES =
  'af am ar-AE ar-EG ar-MA ar-SA az be bg bn-BD bs ca ckb cs cy da de-AT de-CH de-DE el en-AU en-CA en-GB en-IN en-US en-ZA ' +
  'es-AR es-CL es-ES es-MX et eu fa-IR fi fil fr-BE fr-CA fr-CH fr-FR gl gu he-IL hi-IN hr hu hy id is it-CH it-IT ja-JP ka ' +
  'kk km kn ko-KR ky lo lt lv mk ml mn mr-IN ms my nb-NO ne nl-BE nl-NL nn pa-PK pl pt-BR pt-PT ro ru-RU si sk sl sq sr-Cyrl ' +
  'sr-Latn sv-SE sw ta te th-TH tr-TR uk ur-PK uz vi zh-Hans-CN zh-Hant-TW';
const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'KWD', 'INR', 'SEK', 'BRL'];

const VALUES = [
  0,
  1,
  0.005,
  0.125,
  1.005,
  12.345,
  999.995,
  12_345.5,
  1_234_567.891,
  98_765_432_109.876,
  1e15 + 0.5,
  2 ** 53,
  1e21,
  1.5e300,
];
const SIGNED = VALUES.flatMap((value) => [value, -value]).concat(-0.001, -0.004, 4.35e-7);

const NUMBERS = fc.oneof(
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1000),
);

/** How `Intl` writes it; no minus before what is rounded to zero. */
function intl(locale: string, options: Intl.NumberFormatOptions): (value: number) => string {
  const format = new Intl.NumberFormat(locale, { ...options, signDisplay: 'negative' });
  return (value) => format.format(value);
}

/** Column types with the options of `Intl` for the same. */
const KINDS: readonly [Column, Intl.NumberFormatOptions][] = [
  [{ key: 'c', type: 'integer' }, { maximumFractionDigits: 0 }],
  [
    { key: 'c', type: 'number' },
    { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  ],
  [
    { key: 'c', type: 'percent' },
    { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 },
  ],
  ...CURRENCIES.map((currency): [Column, Intl.NumberFormatOptions] => [
    { key: 'c', type: 'currency', currency },
    { style: 'currency', currency },
  ]),
];

describe.each(LOCALES.split(' '))('in %s', (locale) => {
  it('numbers, percentages and nine currencies are shown as Intl has them', () => {
    for (const [column, options] of KINDS) {
      const [display, expected] = [TYPES[column.type].display(column, conventionsOf(locale)), intl(locale, options)];
      expect(SIGNED.map(display)).toEqual(SIGNED.map(expected));
    }
  });
});

it('any number is shown as Intl has it', () => {
  const shown = (['en-US', 'ar-EG', 'hi-IN', 'tr-TR', 'nl-NL'] as const).flatMap((locale) =>
    KINDS.slice(0, 5).map(([column, options]) => ({
      display: TYPES[column.type].display(column, conventionsOf(locale)),
      expected: intl(locale, options),
    })),
  );
  fc.assert(
    fc.property(NUMBERS, (value) => {
      for (const { display, expected } of shown) expect(display(value)).toBe(expected(value));
    }),
    { seed: 1, numRuns: 1000 },
  );
});

describe('the number format of a workbook', () => {
  beforeAll(loadLibraries);

  /** What a format can say: one sign for minus, one kind of blank, no marks of direction. */
  const plain = (text: string): string =>
    text
      .replace(/[\u061c\u200e\u200f]/g, '')
      .replace(/[\u202f ]/g, '\u00a0')
      .replaceAll('\u2212', '-')
      .replaceAll('٪', '%');

  /** Digits and separators are the reader's own: here those of the kind of number, since a format knows one of each. */
  const readBy = (locale: LocaleConventions, style: NumberStyle): LocaleConventions => ({ ...locale, ...style });

  it.each(LOCALES.split(' '))('sets signs, symbols and blanks as Intl has them in %s', (tag) => {
    const locale = conventionsOf(tag);
    for (const [column, options] of KINDS.slice(2)) {
      const style = column.currency === undefined ? locale.percent : locale.currency(column.currency);
      const format = TYPES[column.type].excelFormat(column, locale);
      const shown = formatDisplay(format, 'number', { ...readBy(locale, style), minus: '-' }, () => 'not shown').value;
      // Four digits are grouped by a format whatever the locale, and zero keeps a sign that a section writes.
      const values = [0, 5, -5, 12_345.5, -12_345.5, 1_234_567.25, -1_234_567.25];
      expect(values.map((value) => plain(shown(value)))).toEqual(
        values.map((value) => plain(intl(tag, options)(value))),
      );
    }
  });
});
