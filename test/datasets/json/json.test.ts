import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, failure, gzipped, read, stored } from '../support.ts';

const ROWS = [
  [1, 'Ünïcode 😀 {"[,]}\\"', true],
  [2.5, null, false],
  [null, 'x', null],
];
const OBJECTS = ROWS.map(([n, t, b]) => ({ n, t, b }));
const TABLE = columns('n:number', 't', 'b:boolean');

const FILES: readonly (readonly ['ndjson' | 'json', string, string])[] = [
  ['ndjson', 'objects', OBJECTS.map((row) => JSON.stringify(row)).join('\n')],
  ['ndjson', 'arrays', `${ROWS.map((row) => JSON.stringify(row)).join('\r\n')}\r\n\r\n`],
  ['ndjson', 'a byte order mark', `\ufeff${OBJECTS.map((row) => JSON.stringify(row)).join('\n')}\n`],
  ['json', 'objects', JSON.stringify(OBJECTS)],
  ['json', 'arrays, spread over lines', JSON.stringify(ROWS, null, 2)],
  ['json', 'a byte order mark and blanks', `\ufeff \n${JSON.stringify(OBJECTS)}\n \n`],
];

describe('a JSON dataset', () => {
  it.each(FILES)('in %s is read from %s, in pieces of any length, packed or not', async (format, _, text) => {
    const bytes = new TextEncoder().encode(text);
    for (const piece of [1, 2, 5, 1000]) {
      expect((await read(format, stored(bytes, piece), { columns: TABLE })).rows).toEqual(ROWS);
    }
    expect((await read(format, gzipped(text), { columns: TABLE })).rows).toEqual(ROWS);
  });

  it('gives the same rows as JSON.parse, whatever stands in strings', async () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));
    const file = fc.array(fc.record({ 'a"b': cell, '[{': cell }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 50 }), fc.boolean(), async (objects, piece, pretty) => {
        const bytes = new TextEncoder().encode(JSON.stringify(objects, null, pretty ? 1 : 0));
        const { rows } = await read('json', stored(bytes, piece), { columns: columns('a"b', '[{') });
        expect(rows).toEqual(
          objects.map((row) => [row['a"b'] === '' ? null : row['a"b'], row['[{'] === '' ? null : row['[{']]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it.each(['ndjson', 'json'] as const)(
    'in %s keeps every digit of integers, and of what no double holds',
    async (format) => {
      const line =
        '{"id":2916334247900527532,"big":-12345678901234567890,"huge":1e400,"text":"2916334247900527532","n":0.1}';
      const file = format === 'json' ? `[${line}]` : line;
      const table = columns('id:integer', 'big:number', 'huge', 'text', 'n:number');
      expect((await read(format, file, { columns: table })).rows).toEqual([
        ['2916334247900527532', '-12345678901234567890', '1e400', '2916334247900527532', 0.1],
      ]);
    },
  );

  it('takes columns from the first rows, and their types', async () => {
    const file =
      '{"id":1,"day":"2026-11-26","ok":true}\n{"id":2,"day":"2026-11-27","ok":false,"url":"https://a.example/"}\n';
    const { columns: found, rows } = await read('ndjson', file);
    expect(found.map(({ key, type }) => `${key}:${type}`)).toEqual(['id:integer', 'day:date', 'ok:boolean', 'url:url']);
    expect(rows[0]).toEqual([1, '2026-11-26', true, null]);
  });

  it('never takes a cell from the prototype', async () => {
    expect((await read('ndjson', '{"a":1}', { columns: columns('constructor', 'a', '__proto__') })).rows).toEqual([
      [null, 1, null],
    ]);
  });

  it('has objects and arrays in cells as their text, counted and told', async () => {
    const { rows, warnings } = await read('ndjson', '{"a":{"b":[1]}}\n{"a":"x"}\n', { columns: columns('a') });
    expect(rows).toEqual([['{"b":[1]}'], ['x']]);
    expect(warnings).toEqual([
      { code: 'BAD_CELLS', detail: 'line 1, column "a": an object or an array; it was kept as text.', count: 1 },
    ]);
  });

  it.each([
    ['ndjson', '{"a":1}\n{"a":}\n', 'DATASET_MALFORMED', 'line 2 is not JSON'],
    ['ndjson', '{"a":1}\n\n17\n', 'DATASET_MALFORMED', 'line 3 is neither an object nor an array'],
    ['ndjson', '{"a":1}{"a":2}\n', 'DATASET_MALFORMED', 'line 1 is not JSON'],
    ['ndjson', '[1,2,3]\n', 'DATASET_MALFORMED', 'line 1 has 3 values, the table has 1 columns'],
    ['json', '{"a":1}', 'DATASET_MALFORMED', 'byte 0: a JSON dataset is an array'],
    ['json', '[{"a":1},{"a":}]', 'DATASET_MALFORMED', 'element 2'],
    ['json', '[{"a":1},]', 'DATASET_MALFORMED', 'element 2'],
    ['json', '[{"a":1}] x', 'DATASET_MALFORMED', 'byte 10: there is data after the array'],
    ['json', '[{"a":1},{"a":2}', 'DATASET_TRUNCATED', 'byte 16: the file ends in element 2'],
    ['json', '[{"a":1},17]', 'DATASET_MALFORMED', 'element 2, before byte 11, is neither'],
    ['json', '', 'DATASET_TRUNCATED', 'the file ends without an array'],
  ] as const)('in %s that is broken is refused by its place: %s', async (format, text, code, place) => {
    for (const piece of [1, 1000]) {
      const bytes = stored(new TextEncoder().encode(text), piece);
      const found = await failure(read(format, bytes, { columns: columns('a') }));
      expect(found).toEqual({ code, detail: expect.stringContaining(place) });
    }
  });
});
