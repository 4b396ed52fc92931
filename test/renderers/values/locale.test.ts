import { expect, it } from 'vitest';
import { conventionsOf, type PatternPart } from '../../../lambdas/renderers/values/locale.ts';

const written = (parts: readonly PatternPart[]) =>
  parts.map((part) => (part.type === 'literal' ? part.text : part.type)).join('');

it.each([
  ['en-US', '.', ',', 'month/day/year', 'hour:minute dayPeriod'],
  ['pt-BR', ',', '.', 'day/month/year', 'hour:minute'],
  ['de-DE', ',', '.', 'day.month.year', 'hour:minute'],
  ['ja-JP', '.', ',', 'year/month/day', 'hour:minute'],
  ['sv-SE', ',', '\u00a0', 'year-month-day', 'hour:minute'],
])('%s writes numbers with "%s" and "%s", dates as %s, times as %s', (locale, decimal, group, date, time) => {
  const conventions = conventionsOf(locale);
  expect([conventions.decimal, conventions.group]).toEqual([decimal, group]);
  expect([written(conventions.date), written(conventions.time)]).toEqual([date, time]);
});

it.each([
  ['en-US', 'USD', { symbol: '$', digits: 2, position: 'before', spacing: '' }],
  ['pt-BR', 'BRL', { symbol: 'R$', digits: 2, position: 'before', spacing: '\u00a0' }],
  ['de-DE', 'EUR', { symbol: '€', digits: 2, position: 'after', spacing: '\u00a0' }],
  ['ja-JP', 'JPY', { symbol: '￥', digits: 0, position: 'before', spacing: '' }],
  ['en-US', 'KWD', { symbol: 'KWD', digits: 3, position: 'before', spacing: '\u00a0' }],
])('%s writes %s as %o', (locale, code, conventions) => {
  expect(conventionsOf(locale).currency(code)).toEqual(conventions);
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
