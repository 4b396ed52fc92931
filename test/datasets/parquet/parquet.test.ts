import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../lambdas/datasets/open-dataset.ts';
import { columns, contextOf, failure, read, stored } from '../support.ts';

type Schema = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>;
type Data = Parameters<typeof parquetWriteBuffer>[0]['columnData'];

function parquet(columnData: Data, options: { schema?: Schema; rowGroupSize?: number } = {}): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
}

const SCHEMA: Schema = [
  { name: 'root', num_children: 9 },
  { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
  { name: 'price', type: 'INT64', repetition_type: 'OPTIONAL', converted_type: 'DECIMAL', scale: 2, precision: 18 },
  { name: 'day', type: 'INT32', repetition_type: 'OPTIONAL', converted_type: 'DATE' },
  {
    name: 'at',
    type: 'INT64',
    repetition_type: 'OPTIONAL',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  {
    name: 'clock',
    type: 'INT64',
    repetition_type: 'OPTIONAL',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
  },
  { name: 'ok', type: 'BOOLEAN', repetition_type: 'OPTIONAL' },
  { name: 'ratio', type: 'FLOAT', repetition_type: 'OPTIONAL' },
  { name: 'name', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
  { name: 'raw', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
];

/** The writer takes dates as dates, and everything else as it is stored. */
const DATA: Data = [
  { name: 'id', data: [1n, 9_007_199_254_740_993n, -3n] },
  { name: 'price', data: [123_456n, 999_999_999_999_999_999n, null] },
  { name: 'day', data: [new Date('2026-11-26'), new Date('1969-12-31'), null] },
  { name: 'at', data: [new Date('2026-11-26T10:20:30.456Z'), new Date('1969-12-31T23:59:59.999Z'), null] },
  { name: 'clock', data: [new Date('2026-11-26T10:20:30Z'), null, null] },
  { name: 'ok', data: [true, false, null] },
  { name: 'ratio', data: [0.1, Number.NaN, null] },
  { name: 'name', data: ['Ünï 😀', '', null] },
  { name: 'raw', data: [new TextEncoder().encode('text'), Uint8Array.of(0xff, 0x00), null] },
];

describe('a Parquet dataset', () => {
  it('has the columns of its schema and keeps every digit', async () => {
    const { columns: found, rows } = await read('parquet', parquet(DATA, { schema: SCHEMA }));
    expect(found.map(({ key, type }) => `${key}:${type}`)).toEqual([
      'id:integer',
      'price:number',
      'day:date',
      'at:datetime',
      'clock:datetime',
      'ok:boolean',
      'ratio:number',
      'name:text',
      'raw:text',
    ]);
    expect(rows).toEqual([
      [1, 1234.56, '2026-11-26', '2026-11-26T10:20:30.456Z', '2026-11-26T10:20:30.000', true, 0.1, 'Ünï 😀', 'text'],
      [
        '9007199254740993',
        '9999999999999999.99',
        '1969-12-31',
        '1969-12-31T23:59:59.999Z',
        null,
        false,
        null,
        null,
        '0xff00',
      ],
      [-3, null, null, null, null, null, null, null, null],
    ]);
  });

  it('shows lists, maps and structs as their JSON', async () => {
    const file = parquet([{ name: 'doc', data: [{ a: [1, 2n] }, { b: 'x' }], type: 'JSON' }]);
    expect((await read('parquet', file)).rows).toEqual(
      [['{"a":[1,"2"]}'], ['{"b":"x"}']].map(([text]) => [text?.replace('"2"', '2')]),
    );
  });

  it('gives the columns that are asked for, and fetches no others', async () => {
    const wide = Array.from({ length: 50 }, (_, c) => ({
      name: `c${c}`,
      data: Array.from({ length: 5000 }, (_, i) => `value ${c} ${(i * 7919) % 5000}`),
    }));
    const bytes = parquet(wide, { rowGroupSize: 1000 });
    const file = stored(bytes);
    let fetched = 0;
    const counting = {
      ...file,
      slice: (start: number, end: number, signal: AbortSignal) => {
        fetched += end - start;
        return file.slice(start, end, signal);
      },
    };
    const { rows } = await read('parquet', counting, { columns: columns('c40', 'c3') });
    expect(rows.length).toBe(5000);
    expect(rows[4321]).toEqual([`value 40 ${(4321 * 7919) % 5000}`, `value 3 ${(4321 * 7919) % 5000}`]);
    expect(fetched).toBeLessThan(bytes.byteLength / 2);
    const missing = await failure(read('parquet', bytes, { columns: columns('c3', 'x') }));
    expect(missing).toEqual({ code: 'DATASET_COLUMNS', detail: 'The file has no field for the column "x".' });
  });

  it('knows how many rows will come, and how many bytes are read of how many', async () => {
    const file = parquet([{ name: 'n', data: Array.from({ length: 10_000 }, (_, i) => i) }], { rowGroupSize: 3000 });
    const dataset = await openDataset(stored(file), { format: 'parquet' }, contextOf({}));
    const { signal } = new AbortController();
    await dataset.describe(signal);
    expect(dataset.rowsTotal).toBe(10_000);
    const numbers: unknown[] = [];
    for await (const batch of dataset.rows(signal)) numbers.push(...batch.flat());
    expect(numbers).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    const { bytesRead, bytesTotal } = dataset.progress();
    expect([bytesRead, bytesTotal > 0 && bytesTotal <= file.byteLength]).toEqual([bytesTotal, true]);
  });

  it('counts what does not fit the type that is asked for', async () => {
    const file = parquet([{ name: 'n', data: ['1', 'x', '2026-11-26'] }]);
    const { rows, warnings } = await read('parquet', file, { columns: columns('n:integer') });
    expect(rows).toEqual([['1'], ['x'], ['2026-11-26']]);
    expect(warnings).toEqual([
      { code: 'BAD_CELLS', detail: 'line 2, column "n": not a number; it was kept as text.', count: 2 },
    ]);
  });

  it('of a real file of three million rows is read whole, row group by row group', async () => {
    const path = join(import.meta.dirname, '../../../node_modules/vega-datasets/data/flights-3m.parquet');
    const dataset = await openDataset(
      stored(readFileSync(path)),
      { format: 'parquet' },
      contextOf({ columns: columns('delay:integer') }),
    );
    let rows = 0;
    let delays = 0;
    for await (const batch of dataset.rows(new AbortController().signal)) {
      rows += batch.length;
      for (const [delay] of batch) delays += Number(delay);
    }
    expect([rows, dataset.rowsTotal, dataset.warnings()]).toEqual([3_000_000, 3_000_000, []]);
    // The sum that pyarrow finds.
    expect(delays).toBe(20_003_603);
  });
});

describe('a broken Parquet file', () => {
  const whole = parquet(
    [
      { name: 'n', data: Array.from({ length: 5000 }, (_, i) => i) },
      { name: 't', data: Array.from({ length: 5000 }, (_, i) => `text ${i % 77}`) },
    ],
    { rowGroupSize: 1000 },
  );

  function changed(change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
    const bytes = Uint8Array.from(whole);
    change(bytes, new DataView(bytes.buffer));
    return bytes;
  }

  it.each([
    ['that is none', new TextEncoder().encode('a,b\n1,2\n3,4\n5,6\n'), 'byte 12: the file does not end in "PAR1"'],
    ['that is empty', new Uint8Array(0), 'The file has 0 bytes'],
    ['cut at its end', whole.subarray(0, -1), 'the file does not end in "PAR1"'],
    [
      'whose footer is longer than it',
      changed((b, v) => v.setUint32(b.length - 8, b.length, true)),
      'longer than the file',
    ],
    [
      'whose footer is too short',
      changed((b, v) => v.setUint32(b.length - 8, 5, true)),
      'the footer of the Parquet file',
    ],
    [
      'whose footer is zeros',
      changed((b) => b.fill(0, b.length - 200, b.length - 8)),
      'of the Parquet file is damaged',
    ],
    ['that is packed as a whole', Uint8Array.of(0x1f, 0x8b, ...whole.subarray(0, 100)), 'does not end in "PAR1"'],
  ])('%s is refused by its place', async (_, bytes, detail) => {
    expect(await failure(read('parquet', bytes))).toEqual({
      code: 'DATASET_MALFORMED',
      detail: expect.stringContaining(detail),
    });
  });

  it('with any one byte changed ends in an error with a code, or gives as many rows as it says', async () => {
    let refused = 0;
    for (let i = 0; i < 300; i += 1) {
      const at = (i * 7919) % whole.length;
      const bytes = changed((b) => {
        b[at] = ((b[at] ?? 0) ^ (1 << (i % 8))) & 0xff;
      });
      try {
        const { rows } = await read('parquet', bytes);
        expect(rows.length).toBeGreaterThan(0);
      } catch (cause) {
        expect(cause).toMatchObject({ code: expect.stringMatching(/^(DATASET_|TOO_MANY_BAD_CELLS)/) });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });

  it('whose bytes cannot be fetched passes that failure on', async () => {
    const file = stored(whole);
    let calls = 0;
    const failing = {
      ...file,
      slice: (start: number, end: number, signal: AbortSignal) => {
        calls += 1;
        return calls > 3 ? Promise.reject(new Error('connection reset')) : file.slice(start, end, signal);
      },
    };
    await expect(read('parquet', failing)).rejects.toThrow('connection reset');
  });

  it('that has more rows or columns, or larger row groups, than allowed is refused', async () => {
    const over = (limits: object) => failure(read('parquet', whole, { limits }));
    expect((await over({ rows: 4999 })).detail).toBe('The file has 5000 rows; at most 4999 are read.');
    expect((await over({ columns: 1 })).detail).toBe('The file has 2 columns; at most 1 are read.');
    expect((await over({ rowGroupBytes: 1000 })).detail).toMatch(/^The row group from row 1 on has \d+ bytes/);
  });
});
