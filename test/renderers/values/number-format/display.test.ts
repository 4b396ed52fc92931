import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { conventionsOf } from '../../../../lambdas/renderers/values/locale.ts';
import {
  type FormatScale,
  formatDisplay,
  isNumberFormat,
} from '../../../../lambdas/renderers/values/number-format/display.ts';
import { loadLibraries } from '../../../../lambdas/renderers/values/number-format/library.ts';

beforeAll(loadLibraries);

/** As Excel shows them: collected by SheetJS/ssf (Apache-2.0), without those that Excel itself is known to get wrong. */
const EXCEL_SHOWS = read<Record<string, [number | string, string][]>>('excel-shows.json');
/** Formats out of workbooks that Excel opens, from the same collection. */
const EXCEL_TAKES = read<string[]>('excel-takes.json');

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

/** The text with plain blanks; `default` where the column's default display stands in. */
function shown(format: string, scale: FormatScale, value: number | string, locale = 'en-US'): string {
  const display = formatDisplay(format, scale, conventionsOf(locale), () => 'default');
  const text = typeof value === 'string' ? display.text(value) : display.value(value);
  return text.replaceAll('\u00a0', ' ');
}

const instant = (text: string): number => Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`);

it.each(Object.entries(EXCEL_SHOWS))('%j shows numbers and texts as Excel does', (format, cases) => {
  expect(cases.map(([value]) => shown(format, 'number', value))).toEqual(cases.map(([, text]) => text));
});

it('takes what Excel takes', () => {
  expect(EXCEL_TAKES.filter((format) => !isNumberFormat(format))).toEqual([]);
});

it.each([
  ['foo', 'letters that are no code'],
  ['yyyy-mm-ddThh:mm', 'a T without quotes'],
  ['0"x', 'a quote that is not closed'],
  ['0\\', 'nothing behind the backslash'],
  ['0;0;0;0;0', 'five sections'],
  ['[>1]0;[>2]0;[>3]0', 'three conditions'],
  ['[Color 57]0', 'a colour that is none'],
  ['[Pink]0', 'a colour that is none'],
  ['0 yyyy', 'a number and a date in one section'],
  ['# ?/?.0', 'a fraction and decimals'],
  ['E', 'a year code in capitals'],
  ['E+0', 'an exponent without a number'],
  ['\uffff0', 'a noncharacter'],
  ['"\ufdd0"0', 'a noncharacter in quotes'],
  ['0"\u0007"', 'a control character'],
  ['0"\n"', 'a line end'],
  ['0"\ud83d"', 'half a surrogate pair'],
  ['0"\u202e"', 'a mark that turns what follows'],
  [`0${'"x"'.repeat(85)}`, 'more than 255 characters'],
])('%j is refused: %s', (format) => expect(isNumberFormat(format)).toBe(false));

it.each([
  ['[$-2000401]0', 'digits other than Latin'],
  ['[$-1070000]d', 'the Buddhist calendar'],
  ['[$-60401]d/m/yyyy', 'the Hijri calendar'],
  ['b2yyyy', 'the Hijri calendar'],
  ['ggge"年"', 'Japanese eras'],
  ['[DBNum1]0', 'Chinese numerals'],
  ['[$-zz9]mmm', 'a language that nobody knows'],
])('%j, which Excel takes, cannot be shown: %s', (format) => expect(isNumberFormat(format)).toBe(false));

describe('dates', () => {
  it.each([
    ['dd.mm.yyyy', '2026-03-05', '05.03.2026'],
    ['ddd, mmm d', '2026-03-05', 'Thu, Mar 5'],
    ['dddd, d mmmm yyyy', '2026-03-05', 'Thursday, 5 March 2026'],
    ['yyyymmdd', '2026-03-05', '20260305'],
    ['yyyy"年"m"月"d"日"', '2026-03-05', '2026年3月5日'],
    ['mmm-yy', '2026-03-05', 'Mar-26'],
    ['mmmmm', '2026-03-05', 'M'],
    ['e', '2026-03-05', '2026'],
    ['bbbb', '2026-03-05', '2569'],
    ['[$-409]mmm d, yyyy h:mm AM/PM', '2026-01-05T13:07', 'Jan 5, 2026 1:07 PM'],
    ['h:mm a/p', '2026-01-05T13:07', '1:07 P'],
    ['hh:mm:ss.000', '2026-03-05T02:53:09.123', '02:53:09.123'],
    ['mm:ss.0', '2026-03-05T02:53:09.123', '53:09.1'],
    ['yyyy-mm-dd hh:mm:ss', '2024-02-29T23:59:59.999', '2024-03-01 00:00:00'],
    ['yyyy-mm-dd', '2024-02-29T23:59:59.999', '2024-02-29'],
    ['[$-F800]dddd\\, mmmm dd\\, yyyy', '2026-03-05', 'Thursday, March 5, 2026'],
    ['[$-F400]h:mm:ss AM/PM', '2026-03-05T13:07:08', '1:07:08 PM'],
    ['[h]:mm', '2026-03-05T12:30', '1106076:30'],
    ['0', '2026-03-05', '46086'],
    ['General', '2026-03-05', '46086'],
    ['[>46000]"late";"early"', '2026-03-05', 'late'],
  ])('%s shows %s as %s', (format, date, text) => expect(shown(format, 'time', instant(date))).toBe(text));

  it.each([
    ['dddd, dd.mm.yyyy', '1850-07-04', 'Thursday, 04.07.1850'],
    ['dddd, dd.mm.yyyy', '0001-01-01', 'Monday, 01.01.0001'],
    ['d mmm yy hh:mm', '1899-12-29T23:30', '29 Dec 99 23:30'],
    ['dddd d mmmm yyyy', '1899-12-30', 'Saturday 30 December 1899'],
    ['dddd d mmmm yyyy', '1900-02-28', 'Wednesday 28 February 1900'],
    ['dddd d mmmm yyyy', '1900-03-01', 'Thursday 1 March 1900'],
    ['bbbb', '1850-07-04', '2393'],
    ['[h]:mm', '1850-07-04', 'default'],
  ])('%s shows %s, which Excel has not, as %s', (format, date, text) => {
    expect(shown(format, 'time', instant(date))).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    ['d "d" hh:mm', 3600, '0 d 01:00'],
    ['d "d" hh:mm', 24 * 3600 + 41 * 60, '1 d 00:41'],
    ['[h]:mm', 90_000, '25:00'],
    ['[hh]:mm:ss', 3599.999, '01:00:00'],
    ['[mm]:ss', 59.6, '01:00'],
    ['[mm]:ss', 3599.999, '60:00'],
    ['[h]:mm:ss.00', 1.25, '0:00:01.25'],
    ['[ss].00', 3600, '3600.00'],
    ['[ss]', 0.4, '00'],
    ['[s]', 90.4, '90'],
    ['0.0000', 5400, '0.0625'],
  ])('%s shows %d seconds as %s', (format, seconds, text) => expect(shown(format, 'duration', seconds)).toBe(text));

  it.each([
    ['[h]:mm', -300, '-0:05'],
    ['[h]:mm', -4500, '-1:15'],
    ['d "d" hh:mm', -90_061, '-1 d 01:01'],
    ['[h]:mm;[Red]([h]:mm)', -4500, '(1:15)'],
    ['[h]:mm;[Red]([h]:mm);"none"', -4500, '(1:15)'],
    ['[>1][h]:mm;"short"', -4500, 'default'],
  ])('%s shows %d seconds, for which Excel has no time, as %s', (format, seconds, text) => {
    expect(shown(format, 'duration', seconds)).toBe(text);
  });

  it('longer than the calendar are left to the default', () => {
    expect(shown('d "d"', 'duration', 2_958_466 * 86_400 * 20)).toBe('default');
  });
});

describe('sections and conditions', () => {
  it.each<[string, number | string, string]>([
    ['[>=1000]#,##0,"K";0', 500, '500'],
    ['[>=1000]#,##0,"K";0', 0.5, '1'],
    ['[>=1000]#,##0,"K";0', 1500, '2K'],
    ['[<0]"neg";[=0]"zero";"pos"', 12, 'pos'],
    ['[<0]"neg";[=0]"zero";"pos"', -5, 'neg'],
    ['[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0', 12_345_678, '1,23,45,678'],
    ['_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', 0, ' $-   '],
    ['_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', -1234.5, ' $(1,234.50)'],
    ['_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', 'n/a', ' n/a '],
    ['[<10]"few";[>10]"many"', 10, 'default'],
    ['General" kg"', 12.5, '12.5 kg'],
    ['(000) 000-0000', 5_551_234_567, '(555) 123-4567'],
    ['0;;', -5, ''],
    [';;;', 'hidden', ''],
    ['0;0;0;"<"@">"', 'text', '<text>'],
    ['0.00', 'text', 'text'],
    ['0', -0, '0'],
    ['0.00', 1e21, '1000000000000000000000.00'],
    ['"Q1 "0%', 0.125, 'Q1 13%'],
    ['"a;b"0', 7, 'a;b7'],
    ['0\\.00', 123, '1.23'],
    ['0"""', 5, 'refused'],
  ])('%s shows %s as "%s"', (format, value, text) => {
    expect(isNumberFormat(format) ? shown(format, 'number', value) : 'refused').toBe(text);
  });
});

it.each([
  ['# ??/??', 2.96, ' 2 24/25'.trim()],
  ['# ?/?', 99.995, '100'],
  ['# ???/???', -99.995, '-99 199/200'],
  ['#,##0 ??/??', 1234.96, '1,234 24/25'],
  ['00" and "??/??', 2.96, '02 and 24/25'],
  ['?/?', 1.005, '1/1'],
  ['# ?/?', -0.004, '0'],
  ['# ?/?;(# ?/?)', -2.25, '(2 1/4)'],
  ['# ??/16', 2.99, '3'],
  ['[>2]# ?/?;0.0', 2.25, '2 1/4'],
])('the fraction %s of %d is %s', (format, value, text) => {
  expect(shown(format, 'number', value).trim()).toBe(text);
});

describe('languages', () => {
  it.each([
    ['[$-409]dddd mmm', 'de-DE', 'Thursday Mar'],
    ['[$-en-US]dddd mmm', 'de-DE', 'Thursday Mar'],
    ['[ENG][$-409]dddd mmm', 'de-DE', 'Thursday Mar'],
    ['[$-416]dddd, d "de" mmmm "de" yyyy', 'en-GB', 'quinta-feira, 5 de março de 2026'],
    ['[$-C0A]dddd', 'en-GB', 'jueves'],
    ['[$-425]dddd', 'en-GB', 'neljapäev'],
    ['dddd mmmm', 'de-DE', 'Donnerstag März'],
    ['d mmmm yyyy', 'ru-RU', '5 марта 2026'],
    ['mmmm yyyy', 'ru-RU', 'март 2026'],
    ['[$-FC19]d mmmm yyyy', 'en-US', '5 марта 2026'],
    ['m/d/yyyy h:mm AM/PM', 'ja-JP', '3/5/2026 1:07 午後'],
    ['yyyy-mm-dd', 'sv-SE', '2026-03-05'],
  ])('%s in %s shows a Thursday in March as %s', (format, locale, text) => {
    expect(shown(format, 'time', instant('2026-03-05T13:07'), locale)).toBe(text);
  });

  it.each([
    ['#,##0.00', 'de-DE', '1.234.567,50'],
    ['[$-409]#,##0.00', 'de-DE', '1.234.567,50'],
    ['#,##0.00 [$€-407]', 'en-US', '1,234,567.50 €'],
    ['[$€-2] #,##0.00', 'de-DE', '€ 1.234.567,50'],
    ['#,##0.00', 'hi-IN', '12,34,567.50'],
    ['"no. 1: "0', 'ar-EG', 'no. 1: ١٢٣٤٥٦٨'],
    ['General', 'de-DE', '1234567,5'],
  ])('%s in %s follows the signs of the report: %s', (format, locale, text) => {
    expect(shown(format, 'number', 1_234_567.5, locale)).toBe(text);
  });

  it('two reports in turn keep their own languages', () => {
    const [german, english] = ['de-DE', 'en-US'].map((tag) =>
      formatDisplay('mmmm', 'time', conventionsOf(tag), String),
    );
    const months = [german, english, german].map((display) => display?.value(instant('2026-05-01')));
    expect(months).toEqual(['Mai', 'May', 'Mai']);
  });
});
