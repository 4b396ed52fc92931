import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { columns, failure, read } from '../support.ts';

const spectrum = dirname(fileURLToPath(import.meta.resolve('csv-spectrum')));
const names = readdirSync(join(spectrum, 'csvs')).map((file) => file.replace(/\.csv$/, ''));

type Expected = Record<string, string>;

describe('csv-spectrum', () => {
  it.each(names)('%s reads as it should', async (name) => {
    const csv = readFileSync(join(spectrum, 'csvs', `${name}.csv`));
    const json: Expected | Expected[] = JSON.parse(readFileSync(join(spectrum, 'json', `${name}.json`), 'utf8'));
    const expected = [json].flat();
    const keys = Object.keys(expected[0] ?? {});
    const { rows } = await read('csv', csv, { columns: columns(...keys) });
    // One number was made anonymous in the expectation alone.
    if (name === 'location_coordinates') expected[0] = { ...expected[0], 'Contact Phone Number': '2095257564' };
    expect(rows).toEqual(expected.map((row) => keys.map((key) => row[key] || null)));
  });
});

describe('files that other readers got wrong', () => {
  it('an unclosed quote is refused, not closed at the end of the file (osiegmar/FastCSV#173)', async () => {
    const { code, detail } = await failure(read('csv', 'col1,col2\n"val1,val2\nval3,val4\n'));
    expect(code).toBe('DATASET_MALFORMED');
    expect(detail).toContain('line 2: a quote opens and is never closed');
  });

  it('a quote inside a quoted field does not swallow the next line (arnaudroger/SimpleFlatMapper#692)', async () => {
    const csv = '-63.00,"EUR","NC   ",""\n-70.00,"EUR","NC   ","Issue Receipt "Witho"\n-45.00,"EUR","NC   ",""\n';
    const { detail } = await failure(read('csv', csv, { spec: { header: false } }));
    expect(detail).toContain('line 2: field 4 continues after its closing quote');
  });

  it.each([
    ['a missing quote at a line end', '"BAD","Patient\n"GDD","Patient"\n', 'line 2: field 2 continues'],
    ['a spurious quote at a line end', '"BAD","Patient""\n"GDD","Patient"\n', 'line 2: field 2 continues'],
    ['a quote in the middle', '"BAD","Mid"dle"\n"GDD","Patient"\n', 'line 2: field 2 continues'],
  ])('%s names its line and takes no other (JoshClose/CsvHelper#1341)', async (_, rows, place) => {
    const { detail } = await failure(read('csv', `"MemberNumber","MemberAffiliation"\n${rows}`));
    expect(detail).toContain(place);
  });

  it('an integer beyond 64 bits keeps its digits, a last empty field counts (semantic-reasoning/wirelog#1005)', async () => {
    const csv = 'a,b,c\n99999999999999999999999,7,\n8,9,\n';
    const { rows } = await read('csv', csv, { columns: columns('a:integer', 'b:integer', 'c') });
    expect(rows).toEqual([
      ['99999999999999999999999', 7, null],
      [8, 9, null],
    ]);
  });

  it('three quotes in a row and no last line end give two records of four (koles/ya-csv#2)', async () => {
    const csv = 'one,"""two"", two-and-half","three","four"\n1,2,3,4';
    const { rows } = await read('csv', csv, { spec: { header: false }, columns: columns('a', 'b', 'c', 'd') });
    expect(rows).toEqual([
      ['one', '"two", two-and-half', 'three', 'four'],
      ['1', '2', '3', '4'],
    ]);
  });

  it('an empty quoted field at the end of a record is a field (osiegmar/FastCSV#20)', async () => {
    expect((await read('csv', 'a,b\n"foo",""\n', { columns: columns('a', 'b') })).rows).toEqual([['foo', null]]);
  });

  it('a byte order mark hides neither the delimiter nor the first name (OpenRefine/OpenRefine#6527)', async () => {
    const { columns: found, rows } = await read('csv', '\ufeffid\tname\n1\tAnn\n');
    expect(found.map(({ key }) => key)).toEqual(['id', 'name']);
    expect(rows).toEqual([[1, 'Ann']]);
  });
});
