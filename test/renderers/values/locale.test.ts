import { describe, expect, it } from 'vitest';
import { conventionsOf, type PatternPart } from '../../../lambdas/renderers/values/locale.ts';
import { affixTexts } from '../../../lambdas/renderers/values/number-style.ts';

const written = (parts: readonly PatternPart[]) =>
  parts.map((part) => (part.type === 'literal' ? part.text : part.type)).join('');

it.each([
  ['en-US', '.', ',', 'month/day/year', 'hour:minute dayPeriod'],
  ['pt-BR', ',', '.', 'day/month/year', 'hour:minute'],
  ['de-DE', ',', '.', 'day.month.year', 'hour:minute'],
  ['ja-JP', '.', ',', 'year/month/day', 'hour:minute'],
  ['sv-SE', ',', '\u00a0', 'year-month-day', 'hour:minute'],
  ['ar-EG', '٫', '٬', 'day\u200f/month\u200f/year', 'hour:minute dayPeriod'],
])('%s writes numbers with "%s" and "%s", dates as %s, times as %s', (locale, decimal, group, date, time) => {
  const conventions = conventionsOf(locale);
  expect([conventions.decimal, conventions.group]).toEqual([decimal, group]);
  expect([written(conventions.date), written(conventions.time)]).toEqual([date, time]);
});

it.each([
  ['en-US', 'USD', '$', 2, '$', ''],
  ['pt-BR', 'BRL', 'R$', 2, 'R$\u00a0', ''],
  ['de-DE', 'EUR', '€', 2, '', '\u00a0€'],
  ['ja-JP', 'JPY', '￥', 0, '￥', ''],
  ['en-US', 'KWD', 'KWD', 3, 'KWD\u00a0', ''],
  ['he-IL', 'ILS', '₪', 2, '\u200f', '\u00a0\u200f₪'],
])(
  '%s writes %s with %s and %d decimals, as "%s" and "%s" around the digits',
  (locale, code, symbol, fraction, ...affixes) => {
    const style = conventionsOf(locale).currency(code);
    expect(style).toMatchObject({ symbol, fraction });
    expect(affixTexts(style.positive)).toEqual(affixes);
  },
);

describe('the sign of a negative number', () => {
  it.each([
    ['fa-IR', '\u200e\u2212'],
    ['he-IL', '\u200e-'],
    ['ar-EG', '\u061c-'],
    ['sv-SE', '\u2212'],
    ['en-US', '-'],
  ])('has the marks of %s that keep it before the digits', (locale, minus) => {
    expect(conventionsOf(locale).minus).toBe(minus);
  });

  it.each([
    ['nl-NL', '€\u00a0-'],
    ['en-US', '-€'],
  ])('stands where %s has it in an amount', (locale, before) => {
    expect(affixTexts(conventionsOf(locale).currency('EUR').negative)[0]).toBe(before);
  });

  it('stands before the percent sign in Turkish', () => {
    expect(affixTexts(conventionsOf('tr-TR').percent.negative)).toEqual(['-%', '']);
  });
});

it('amounts have separators of their own in Austria and French Switzerland', () => {
  const [austria, switzerland] = ['de-AT', 'fr-CH'].map(conventionsOf);
  expect(austria?.group).not.toBe(austria?.currency('EUR').group);
  expect(switzerland?.decimal).not.toBe(switzerland?.currency('CHF').decimal);
});

it('knows which locales run from right to left', () => {
  expect(['ar-EG', 'he-IL', 'fa', 'en-US', 'ja-JP'].map((tag) => conventionsOf(tag).rightToLeft)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

it('always uses the Gregorian calendar, which is the only one that a spreadsheet has', () => {
  expect(written(conventionsOf('th-TH').date)).toBe('day/month/year');
  expect(written(conventionsOf('fa-IR').date)).toBe('year/month/day');
});

it('groups by lakh and crore in India, and leaves four digits alone in Spanish', () => {
  expect(conventionsOf('hi-IN').grouping).toEqual([3, 2]);
  expect(conventionsOf('de-DE').grouping).toEqual([3]);
  expect(conventionsOf('es-ES').groupingFrom).toBe(5);
  expect(conventionsOf('en-US').groupingFrom).toBe(4);
});
