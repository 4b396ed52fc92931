import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../lambdas/domain/cells.ts';
import type { ColumnType } from '../../../lambdas/domain/request.ts';
import { cellParser } from '../../../lambdas/renderers/table/types/index.ts';

/** The parsed value; for the date types the ISO text of the wall clock. */
function read(type: ColumnType, cell: Exclude<Cell, null>, timeZone = 'UTC'): number | string {
  const value = cellParser(type, timeZone)!(cell);
  if (Number.isNaN(value)) return 'text';
  return type === 'date' || type === 'datetime' ? new Date(value).toISOString().slice(0, -1) : value;
}

describe('numbers', () => {
  it.each<[Cell & string, number | string]>([
    ['12.5', 12.5],
    [' -3e2 ', -300],
    ['+.5', 0.5],
    ['007', 7],
    ['0', 0],
    ['-0.000', -0],
    ['0.30000000000000004', 0.30000000000000004],
    ['0.10000000000000001', 0.1],
    ['19.899999999999999', 19.9],
    ['9007199254740991', 9007199254740991],
    ['100000000000000000000', 1e20],
  ])('%s is a number', (text, value) => expect(read('number', text)).toBe(value));

  it.each([
    ['9007199254740993', '2^53 + 1, which a double rounds'],
    ['12345678901234567890', 'twenty digits'],
    ['1234567890.1234567891', 'a decimal with twenty digits'],
    ['0.1000000000000000012', 'nineteen digits'],
    ['1e400', 'over the range'],
    ['1e-400', 'under the range'],
    ['0x10', 'hexadecimal'],
    ['1,234', 'a group sign, which may as well be a decimal comma'],
    ['NaN', 'not a number'],
    ['Infinity', 'not a number'],
    ['', 'empty'],
  ])('%s stays text: %s', (text) => expect(read('integer', text)).toBe('text'));

  it('a boolean in a column of numbers stays text', () => expect(read('number', true)).toBe('text'));

  it.each<[string | number, number | string]>([
    ['12.7%', 0.127],
    ['5 %', 0.05],
    ['0.2', 0.2],
    [0.125, 0.125],
    ['%', 'text'],
  ])('the percentage %s is the fraction %s', (cell, value) => expect(read('percent', cell)).toBe(value));
});

describe('booleans', () => {
  it.each<[Exclude<Cell, null>, number | string]>([
    [true, 1],
    [false, 0],
    ['TRUE', 1],
    [' no ', 0],
    [1, 1],
    ['0', 0],
    [2, 'text'],
    ['maybe', 'text'],
  ])('%s reads as %s', (cell, value) => expect(read('boolean', cell)).toBe(value));
});

describe('dates', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000'],
    ['2024-03-10T23:30:00', '2024-03-10T00:00:00.000'],
    ['1899-12-31', '1899-12-31T00:00:00.000'],
    ['9999-12-31', '9999-12-31T00:00:00.000'],
  ])('%s is %s', (text, value) => expect(read('date', text)).toBe(value));

  it('an instant counts as the day that it is in the request’s time zone', () => {
    expect(read('date', '2024-03-10T01:00:00Z', 'America/Sao_Paulo')).toBe('2024-03-09T00:00:00.000');
    expect(read('date', '2024-03-10T20:00:00Z', 'Asia/Tokyo')).toBe('2024-03-11T00:00:00.000');
  });

  it.each(['2023-02-29', '2024-13-01', '2024-00-10', '2024-1-1', '10/03/2024', '2024-03-10x', '', 'soon'])(
    '"%s" stays text',
    (text) => expect(read('date', text)).toBe('text'),
  );

  it('a number in a date column stays text, since nobody said of what calendar', () => {
    expect(read('date', 45000)).toBe('text');
  });
});

describe('datetimes', () => {
  it.each([
    ['2024-01-01T10:20Z', 'UTC', '2024-01-01T10:20:00.000'],
    ['2024-01-01 10:20:30.1239+02:00', 'UTC', '2024-01-01T08:20:30.123'],
    ['2024-01-01T10:20:30-0330', 'UTC', '2024-01-01T13:50:30.000'],
    ['2024-01-01T10:20:30', 'Asia/Tokyo', '2024-01-01T10:20:30.000'],
    ['2024-02-29T24:00', 'UTC', '2024-03-01T00:00:00.000'],
    ['2024-02-29', 'Asia/Tokyo', '2024-02-29T00:00:00.000'],
  ])('%s in %s is %s', (text, zone, value) => expect(read('datetime', text, zone)).toBe(value));

  it.each([
    ['2024-03-31T00:59:59Z', 'Europe/Berlin', '2024-03-31T01:59:59.000'],
    ['2024-03-31T01:00:00Z', 'Europe/Berlin', '2024-03-31T03:00:00.000'],
    ['2024-10-27T00:30:00Z', 'Europe/Berlin', '2024-10-27T02:30:00.000'],
    ['2024-10-27T01:30:00Z', 'Europe/Berlin', '2024-10-27T02:30:00.000'],
    ['2018-11-04T03:00:00Z', 'America/Sao_Paulo', '2018-11-04T01:00:00.000'],
    ['2024-07-01T12:00:00Z', 'Australia/Lord_Howe', '2024-07-01T22:30:00.000'],
    ['2024-03-15T12:00:00Z', 'Africa/Casablanca', '2024-03-15T12:00:00.000'],
  ])('%s is summer or winter time in %s as the law had it: %s', (text, zone, value) => {
    expect(read('datetime', text, zone)).toBe(value);
  });

  it('agrees with Intl at ten thousand instants from 1950 to 2049', () => {
    const parse = cellParser('datetime', 'America/New_York')!;
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let i = 0; i < 10_000; i += 1) {
      const instant = new Date(Date.UTC(1950, 0, 1) + i * 315_576_113);
      const wall = new Date(parse(instant.toISOString())).toISOString();
      expect(wall.slice(0, 19).replace('T', ' ')).toBe(format.format(instant));
    }
  });

  it.each(['2024-01-01T25:00', '2024-01-01T10:60', '2024-01-01T10:00:60', '2024-01-01T10:00+99:00', '2024-01-01T'])(
    '"%s" stays text',
    (text) => expect(read('datetime', text)).toBe('text'),
  );
});

describe('durations', () => {
  it.each<[string | number, number | string]>([
    ['PT1H30M', 5400],
    ['P1DT2H', 93_600],
    ['P2W', 1_209_600],
    ['PT0.5S', 0.5],
    ['-PT5M', -300],
    ['26:03', 93_780],
    ['0:00:01.5', 1.5],
    ['90', 90],
    [90.25, 90.25],
    ['P', 'text'],
    ['PT', 'text'],
    ['P1Y', 'text'],
    ['1:75', 'text'],
    ['99999999999999999999:00', 'text'],
    [`P${'9'.repeat(400)}D`, 'text'],
  ])('%s is %s seconds', (cell, value) => expect(read('duration', cell)).toBe(value));
});

it('text and links are not parsed', () => {
  expect(cellParser('text', 'UTC')).toBeUndefined();
  expect(cellParser('url', 'UTC')).toBeUndefined();
});
