import { describe, expect, it } from 'vitest';
import { columns, failure, gzipped, read, stored } from '../support.ts';

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i += 1) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
  return bytes;
}

const TEXT = 'name;price\r\nÎle “x” 東京;1,5\r\nBäcker 😀;2,25\r\n';
const ROWS = [
  ['Île “x” 東京', 1.5],
  ['Bäcker 😀', 2.25],
];
const german = { locale: 'de-DE', columns: columns('name', 'price:number') };

describe('a CSV dataset', () => {
  it.each([
    ['UTF-8', TEXT],
    ['UTF-8 with a mark', `\ufeff${TEXT}`],
    ['UTF-16 LE as Excel writes it', utf16(`\ufeff${TEXT}`, true)],
    ['UTF-16 BE with a mark', utf16(`\ufeff${TEXT}`, false)],
    ['gzip', gzipped(TEXT)],
    ['an Excel separator line', `sep=;\r\n${TEXT}`],
  ])('is read from %s, in pieces of any length', async (_, file) => {
    for (const piece of [1, 2, 3, 5, 1000]) {
      const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
      expect((await read('csv', stored(bytes, piece), german)).rows).toEqual(ROWS);
    }
  });

  it('is read in the encoding that is given', async () => {
    const latin = Uint8Array.from([0x6e, 0x0a, 0x80, 0x93, 0xe9, 0x94, 0x8a, 0x0a]);
    expect((await read('csv', latin, { spec: { encoding: 'windows-1252' } })).rows).toEqual([['€“é”Š']]);
    const unmarked = utf16('n\nü\n', false);
    expect((await read('csv', unmarked, { spec: { encoding: 'utf-16be' } })).rows).toEqual([['ü']]);
  });

  it('that is not in its encoding ends by the byte', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('a,b\nü,'), 0xe9, 0x0a]);
    for (const piece of [1, 4, 100]) {
      const { code, detail } = await failure(read('csv', stored(bytes, piece)));
      expect([code, detail]).toEqual(['DATASET_ENCODING', expect.stringContaining('byte 7 is not UTF-8')]);
    }
    const cut = await failure(read('csv', bytes.subarray(0, 5)));
    expect(cut.detail).toContain('byte 4 is not UTF-8');
    const unmarked = await failure(read('csv', utf16('name,b\n', true)));
    expect(unmarked.detail).toContain('set `encoding` to "utf-16le"');
  });

  it('gives the columns that are asked for, by label or key, in their order', async () => {
    const table = [
      { key: 'total', label: 'Total amount', type: 'number' as const },
      { key: 'id', type: 'integer' as const },
    ];
    const csv = ' ID ,Note,Total amount\n7,x,1.5\n8,y,2\n';
    expect((await read('csv', csv, { columns: table })).rows).toEqual([
      [1.5, 7],
      [2, 8],
    ]);
  });

  it('names the column that the header lacks, or has twice', async () => {
    const missing = await failure(read('csv', 'a,b\n1,2\n', { columns: columns('a', 'c') }));
    expect(missing).toEqual({
      code: 'DATASET_COLUMNS',
      detail: 'The header has no field for the column "c".',
    });
    const twice = await failure(read('csv', 'a,a\n1,2\n', { columns: columns('a') }));
    expect(twice.detail).toBe('The header has 2 fields for the column "a".');
  });

  it('without a header is read by position, and all of it is rows', async () => {
    const { rows } = await read('csv', '1,x\n2,y\n', { spec: { header: false }, columns: columns('n:integer', 't') });
    expect(rows).toEqual([
      [1, 'x'],
      [2, 'y'],
    ]);
    const wrong = await failure(read('csv', '1,x\n', { spec: { header: false }, columns: columns('n') }));
    expect(wrong.detail).toBe('The first record has 2 fields, but the table has 1 columns.');
  });

  it('gives null for nothing and for what stands for nothing', async () => {
    const csv = 'a,b\nNULL,\n\\N,"NULL"\n"",1\n';
    const { rows } = await read('csv', csv, { spec: { nulls: ['NULL', '\\N'] }, columns: columns('a', 'b:integer') });
    expect(rows).toEqual([
      [null, null],
      [null, null],
      [null, 1],
    ]);
  });

  it('of a header alone has columns and no rows; an empty file has neither', async () => {
    expect(await read('csv', 'a,b\n')).toMatchObject({ columns: [{ key: 'a' }, { key: 'b' }], rows: [] });
    expect(await read('csv', '')).toMatchObject({ columns: [], rows: [] });
  });

  it('is counted: every row comes, over the borders of pieces', async () => {
    const csv = `n,t\n${Array.from({ length: 20_000 }, (_, n) => `${n},"line\n${n}"`).join('\n')}`;
    const { rows } = await read('csv', gzipped(csv));
    expect(rows.length).toBe(20_000);
    expect(rows.every(([n, t], i) => n === i && t === `line\n${i}`)).toBe(true);
  });
});
