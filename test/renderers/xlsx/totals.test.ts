import { describe, expect, it } from 'vitest';
import { cellXml, render, sheetXml, warned } from './support.ts';

const formula = (xml: string | undefined) => /<f>(.*)<\/f><v>(.*)<\/v>/.exec(xml ?? '')?.slice(1);

describe('the totals row', () => {
  it.each([
    ['sum', 9, 6],
    ['average', 1, 2],
    ['min', 5, 1],
    ['max', 4, 3],
    ['count', 3, 3],
  ])('%s is a live formula with its result', async (total, code, result) => {
    const columns = [{ key: 'a' }, { key: 'n', type: 'number', total }];
    const workbook = await render({
      tables: [
        {
          columns,
          rows: [
            ['x', 1],
            ['y', null],
            ['z', 3],
            ['', '2'],
          ],
        },
      ],
    });
    const cells = cellXml(workbook);
    expect(formula(cells.get('B8'))).toEqual([`SUBTOTAL(${code},B4:B7)`, String(result)]);
    expect(cells.get('A8')).toContain('>Total<');
  });

  it('is labelled in the language of the report', async () => {
    const columns = [{ key: 'a' }, { key: 'n', type: 'number', total: 'sum' }];
    const workbook = await render({ locale: 'de-DE', tables: [{ columns, rows: [['x', 1]] }] });
    expect(cellXml(workbook).get('A5')).toContain('>Summe<');
  });

  it('adds a million tenths without an error in the last cent', async () => {
    const columns = [{ key: 'n', type: 'currency', total: 'sum' }];
    const rows = Array.from({ length: 100_000 }, () => [0.1]);
    const cells = cellXml(await render({ tables: [{ columns, rows }] }));
    expect(formula(cells.get('A100004'))?.[1]).toBe('10000');
  });

  it('has no formula that would show an error', async () => {
    const columns = [
      { key: 'n', type: 'number', total: 'average' },
      { key: 'm', type: 'number', total: 'sum' },
    ];
    const cells = cellXml(await render({ tables: [{ columns, rows: [['n/a', null]] }] }));
    expect(cells.get('A5')).not.toContain('<f>');
    expect(formula(cells.get('B5'))?.[1]).toBe('0');
  });

  it('knows dates and durations', async () => {
    const columns = [
      { key: 'd', type: 'date', total: 'max' },
      { key: 't', type: 'duration', total: 'sum' },
    ];
    const rows = [
      ['2024-02-29', 'PT18H'],
      ['2024-02-28', 'PT18H'],
    ];
    const cells = cellXml(await render({ tables: [{ columns, rows }] }));
    expect(formula(cells.get('A6'))?.[1]).toBe('45351');
    expect(formula(cells.get('B6'))?.[1]).toBe('1.5');
  });

  it.each([
    ['text', 'sum'],
    ['boolean', 'average'],
    ['date', 'sum'],
  ])('a column of type %s has no %s: it is left out, and the client is told', async (type, total) => {
    const workbook = await render({ tables: [{ columns: [{ key: 'a', type, total }], rows: [['x']] }] });
    expect(sheetXml(workbook)).not.toContain('<f>');
    expect(warned(workbook)).toMatchObject({ TOTAL_IGNORED: 1 });
  });
});

describe('groups', () => {
  const columns = [{ key: 'region' }, { key: 'n', type: 'integer', total: 'sum' }];
  const rows = [
    ['North', 1],
    ['North', 2],
    ['South', 3],
    ['North', 4],
  ];

  it('each run of equal keys has a subtotal, and the grand total counts nothing twice', async () => {
    const workbook = await render({ tables: [{ columns, groupBy: 'region', rows }] });
    const cells = cellXml(workbook);
    expect(workbook.rows).toBe(4);
    expect(['B6', 'B8', 'B10', 'B11'].map((at) => formula(cells.get(at)))).toEqual([
      ['SUBTOTAL(9,B4:B5)', '3'],
      ['SUBTOTAL(9,B7:B7)', '3'],
      ['SUBTOTAL(9,B9:B9)', '4'],
      ['SUBTOTAL(9,B4:B9)', '10'],
    ]);
    expect(cells.get('A6')).toContain('>North<');
    expect(cells.get('A11')).toContain('>Total<');
  });

  it('data rows are one outline level below their subtotal', async () => {
    const xml = sheetXml(await render({ tables: [{ columns, groupBy: 'region', rows }] }));
    expect(xml).toContain('<row r="4" outlineLevel="1">');
    expect(xml).toContain('<row r="6">');
    expect(xml).toContain('outlineLevelRow="1"');
  });

  it('a group that runs over the end of a sheet has one subtotal, over both', async () => {
    const many = Array.from({ length: 20 }, () => ['North', 1]);
    const workbook = await render({ tables: [{ name: 'A', columns, groupBy: 'region', rows: many }] }, { rows: 20 });
    expect(workbook.sheets).toBe(2);
    const cells = cellXml(workbook, 2);
    expect(formula(cells.get('B9'))).toEqual(["SUBTOTAL(9,'A'!B4:B18,B4:B8)", '20']);
    expect(formula(cells.get('B10'))).toEqual(["SUBTOTAL(9,'A'!B4:B18,B4:B8)", '20']);
  });

  it('no sheet passes its last row, wherever groups end', async () => {
    for (let size = 10; size < 24; size += 1) {
      const many = Array.from({ length: 60 }, (_, i) => [`g${Math.floor(i / (size - 9))}`, 1]);
      const workbook = await render({ tables: [{ columns, groupBy: 'region', rows: many }] }, { rows: size });
      for (let sheet = 1; sheet <= (workbook.sheets ?? 0); sheet += 1) {
        const last = [...sheetXml(workbook, sheet).matchAll(/<row r="(\d+)"/g)].at(-1)?.[1];
        expect(Number(last)).toBeLessThanOrEqual(size);
      }
      const total = [...cellXml(workbook, workbook.sheets).values()].at(-1);
      expect(formula(total)?.[1]).toBe('60');
    }
  });

  it('need no total: without one a row says the name of each, below the rows that can be folded away', async () => {
    const columns = [{ key: 'region' }, { key: 'city' }];
    const rows = [
      ['North', 'Oslo'],
      ['North', 'Bergen'],
      [null, 'Rome'],
    ];
    const workbook = await render({ tables: [{ columns, groupBy: 'region', rows }] });
    expect(warned(workbook)).toEqual({});
    const cells = cellXml(workbook);
    expect(['A6', 'A8'].map((place) => /<t [^>]*>(.*?)<\/t>/.exec(cells.get(place) ?? '')?.[1])).toEqual([
      'North',
      '–',
    ]);
    expect(sheetXml(workbook).match(/outlineLevel="1"/g)).toHaveLength(rows.length);
  });
});
