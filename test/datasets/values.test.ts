import { describe, expect, it } from 'vitest';
import { numberReader, numberSigns, percentReader } from '../../lambdas/datasets/values/numbers.ts';
import { type ReadingRules, textReader } from '../../lambdas/datasets/values/readers.ts';
import type { ColumnType } from '../../lambdas/domain/request.ts';
import { conventionsOf } from '../../lambdas/renderers/values/locale.ts';

function rulesOf(locale: string, decimal?: '.' | ','): ReadingRules {
  const conventions = conventionsOf(locale);
  return { locale: conventions, timeZone: 'UTC', signs: numberSigns(conventions, decimal) };
}

function cellOf(locale: string, type: ColumnType, text: string, currency?: string) {
  return textReader({ key: 'k', type, currency }, rulesOf(locale))?.(text);
}

describe('a number of a text', () => {
  it.each([
    ['en-US', '1,234.56', 1234.56],
    ['en-US', '-0.1', -0.1],
    ['en-US', ' 12 ', 12],
    ['en-US', '1e3', 1000],
    ['en-US', '.5', 0.5],
    ['en-US', '1,234-', -1234],
    ['pt-BR', '1.234,56', 1234.56],
    ['pt-BR', '1.234', 1234],
    ['pt-BR', '-1.234.567,8', -1234567.8],
    ['de-CH', '1’234.5', 1234.5],
    ['de-CH', "1'234.5", 1234.5],
    ['fr-FR', '1\u202f234,5', 1234.5],
    ['fr-FR', '1 234,5', 1234.5],
    ['fr-FR', '1\u00a0234,5', 1234.5],
    ['en-IN', '12,34,567.5', 1234567.5],
    ['es-ES', '1.234', 1234],
    ['sv-SE', '−5,25', -5.25],
    ['ar-EG', '١٬٢٣٤٫٥', 1234.5],
    ['en-US', '0.1', 0.1],
    ['en-US', '123456.789', 123456.789],
    ['en-US', '9007199254740993', '9007199254740993'],
    ['pt-BR', '12.345.678.901.234.567.890', '12345678901234567890'],
  ])('in %s: %s', (locale, text, value) => {
    expect(cellOf(locale, 'number', text)).toBe(value);
  });

  it.each([
    ['en-US', '1.234,56'],
    ['en-US', '1,2,3'],
    ['en-US', '12,34'],
    ['en-US', '1.2.3'],
    ['pt-BR', '1234.56'],
    ['pt-BR', '1,234.56'],
    ['en-US', 'NaN'],
    ['en-US', 'Infinity'],
    ['en-US', '0x10'],
    ['en-US', '-'],
    ['en-US', '.'],
    ['en-US', '1 2'],
    ['en-US', '--1'],
  ])('in %s is none: %s', (locale, text) => {
    expect(cellOf(locale, 'number', text)).toBeUndefined();
  });

  it('is read by the sign that a file uses, where that is said', () => {
    expect(numberReader(rulesOf('pt-BR', '.').signs)('1,234.5')).toBe(1234.5);
    expect(numberReader(rulesOf('en-US', ',').signs)('1.234,5')).toBe(1234.5);
  });

  it('of up to fifteen digits is the same double as JSON.parse makes of it', () => {
    const read = numberReader(rulesOf('en-US').signs);
    for (let i = 0; i < 20_000; i += 1) {
      const digits = String(Math.floor(((i * 2654435761) % 2 ** 32) * 232_830.64));
      const cut = i % (digits.length + 1);
      const text = `${digits.slice(0, cut) || '0'}.${digits.slice(cut) || '0'}`;
      expect(read(text)).toBe(Number(text));
    }
  });

  it('may be a percentage, exactly', () => {
    expect(percentReader(rulesOf('pt-BR').signs)('12,5 %')).toBe(0.125);
    expect(percentReader(rulesOf('en-US').signs)('0.07%')).toBe(0.0007);
    expect(percentReader(rulesOf('tr-TR').signs)('%12,5')).toBe(0.125);
    expect(percentReader(rulesOf('en-US').signs)('0.125')).toBe(0.125);
    expect(percentReader(rulesOf('en-US').signs)('x%')).toBeUndefined();
  });

  it('may carry its currency', () => {
    expect(cellOf('pt-BR', 'currency', 'R$ 1.234,56', 'BRL')).toBe(1234.56);
    expect(cellOf('pt-BR', 'currency', '-R$ 1,5', 'BRL')).toBe(-1.5);
    expect(cellOf('de-DE', 'currency', '1.234,56 €', 'EUR')).toBe(1234.56);
    expect(cellOf('en-US', 'currency', 'USD 12', 'USD')).toBe(12);
    expect(cellOf('en-US', 'currency', '£12', 'USD')).toBeUndefined();
  });
});

describe('a date of a text', () => {
  it.each([
    ['pt-BR', 'date', '26/11/2026', '2026-11-26'],
    ['pt-BR', 'date', '2026-11-26', '2026-11-26'],
    ['en-US', 'date', '11/26/2026', '2026-11-26'],
    ['en-US', 'date', '1/2/2026', '2026-01-02'],
    ['en-GB', 'date', '1/2/2026', '2026-02-01'],
    ['de-DE', 'date', '3.7.2026', '2026-07-03'],
    ['cs-CZ', 'date', '26. 11. 2026', '2026-11-26'],
    ['nl-NL', 'date', '26-11-2026', '2026-11-26'],
    ['ja-JP', 'date', '2026/11/26', '2026-11-26'],
    ['en-US', 'date', '2026/11/26', '2026-11-26'],
    ['pt-BR', 'datetime', '26/11/2026 13:45', '2026-11-26T13:45:00.0'],
    ['en-US', 'datetime', '11/26/2026, 1:45:30 PM', '2026-11-26T13:45:30.0'],
    ['en-US', 'datetime', '11/26/2026 12:05 AM', '2026-11-26T00:05:00.0'],
    ['en-US', 'datetime', '2026-11-26T13:45:00Z', '2026-11-26T13:45:00Z'],
    ['en-US', 'datetime', '2026-11-26 13:45:00+02:00', '2026-11-26 13:45:00+02:00'],
  ] as const)('in %s as %s: %s', (locale, type, text, iso) => {
    expect(cellOf(locale, type, text)).toBe(iso);
  });

  it.each([
    ['pt-BR', '31/02/2026'],
    ['en-US', '26/11/2026'],
    ['en-US', '11/26/26'],
    ['ja-JP', '11/26/2026'],
    ['en-US', '13:45'],
    ['en-US', '11/26/2026 25:00'],
    ['en-US', '11/26/2026 13:00 PM'],
    ['en-US', 'Nov 26, 2026'],
    ['en-US', '20261126'],
  ])('in %s is none: %s', (locale, text) => {
    expect(cellOf(locale, 'datetime', text)).toBeUndefined();
  });
});

describe('other values of a text', () => {
  it.each([
    ['en-US', 'TRUE', true],
    ['en-US', 'no', false],
    ['en-US', '1', true],
    ['de-DE', 'WAHR', true],
    ['de-DE', 'nein', false],
    ['pt-BR', 'Falso', false],
    ['pt-BR', 'sim', true],
    ['fr-FR', 'VRAI', true],
    ['en-US', 'maybe', undefined],
  ])('truth in %s: %s', (locale, text, value) => {
    expect(cellOf(locale, 'boolean', text)).toBe(value);
  });

  it.each([
    ['90', 90],
    ['1:30:00', '1:30:00'],
    ['PT1H30M', 'PT1H30M'],
    ['soon', undefined],
  ])('a duration: %s', (text, value) => {
    expect(cellOf('en-US', 'duration', text)).toBe(value);
  });

  it('of a megabyte of blanks or digits are refused at once', () => {
    const types = ['number', 'percent', 'currency', 'date', 'datetime', 'duration', 'boolean'] as const;
    const start = process.cpuUsage();
    for (const type of types) {
      for (const long of [' ', '1', '1 ', '.', ',', '1:', '/']) {
        const text = `1${long.repeat(1_000_000 / long.length)}x`;
        expect(cellOf('en-US', type, text, 'USD')).toBeUndefined();
      }
    }
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
  });

  it('are left alone where the column is text', () => {
    expect(textReader({ key: 'k', type: 'text' }, rulesOf('en-US'))).toBeUndefined();
    expect(textReader({ key: 'k', type: 'url' }, rulesOf('en-US'))).toBeUndefined();
  });
});
