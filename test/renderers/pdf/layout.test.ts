import { describe, expect, it } from 'vitest';
import {
  column,
  linesOf,
  manyRows,
  objectsOf,
  POPPLER,
  QPDF,
  render,
  renderUnchecked,
  textOf,
  texts,
  warned,
  wordOf,
  wordsOf,
} from './support.ts';

const TWO_COLUMNS = [{ key: 'name' }, { key: 'number', type: 'integer' }];
const LONG = 'words that go on and on until the line is full and the next one has to begin '.repeat(4);

describe.skipIf(!POPPLER)('rows', () => {
  it('repeat the header on every page and lose nothing between pages', async () => {
    const layout = { page: 'A4' };
    const pages = textOf(await render({ layout, tables: [{ columns: TWO_COLUMNS, rows: manyRows(130) }] }));
    expect(pages).toHaveLength(3);
    for (const page of pages) expect(page).toMatch(/name\s+number/);
    const numbers = pages.flatMap((page) => Array.from(page.matchAll(/Row (\d+)/g), ([, n]) => Number(n)));
    expect(numbers).toEqual(Array.from({ length: 130 }, (_, i) => i));
  });

  it('grow with their text, and stay whole at the foot of a page', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [`first${i} ${LONG}${i}last`]);
    const pages = textOf(await render({ tables: [texts(rows, { width: 40 })] }));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) {
      const first = Array.from(page.matchAll(/first(\d+)/g), ([, n]) => n);
      const last = Array.from(page.matchAll(/(\d+)last/g), ([, n]) => n);
      expect(first).toEqual(last);
    }
  });

  it('go on over pages where one is taller than a page, between two of its lines', async () => {
    const words = Array.from({ length: 3000 }, (_, i) => `w${i}`);
    const pdf = await render({ tables: [texts([[words.join(' ')], ['after']])] });
    expect(pdf.pages).toBeGreaterThan(2);
    expect(textOf(pdf).join(' ').match(/w\d+/g)).toEqual(words);
    expect(linesOf(pdf)).toContain('after');
  });

  it('stay inside the page where the margins leave next to nothing of it', async () => {
    const layout = { page: 'A5', margins: { top: 200, right: 200, bottom: 200, left: 200 } };
    const pdf = await render({ layout, tables: [texts([['some text', 'more']])] });
    for (const word of wordsOf(pdf)) {
      expect(word.left).toBeGreaterThanOrEqual(0);
      expect(word.right).toBeLessThanOrEqual(420);
      expect(word.bottom).toBeLessThanOrEqual(596);
    }
  });

  it('are cut with an ellipsis where they may not wrap', async () => {
    const table = { columns: [{ key: 'a', wrap: false, width: 12 }, { key: 'b' }], rows: [[LONG, 'x']] };
    const lines = linesOf(await render({ tables: [table] }));
    expect(lines.filter((line) => line.includes('words'))).toHaveLength(1);
    expect(lines.join('\n')).toMatch(/words .*… x/);
  });
});

describe.skipIf(!POPPLER)('columns', () => {
  it('end at the right for numbers, and start at the left for text', async () => {
    const rows = [
      ['short', 7],
      ['a good deal longer', 1234567],
    ];
    const pdf = await render({ tables: [{ columns: TWO_COLUMNS, rows }] });
    expect(wordOf(pdf, '7').right).toBeCloseTo(wordOf(pdf, '1,234,567').right, 0);
    expect(wordOf(pdf, 'short').left).toBeCloseTo(wordOf(pdf, 'a').left, 0);
  });

  it('follow an alignment that was asked for', async () => {
    const columns = [
      { key: 'a', align: 'right' },
      { key: 'b', align: 'center' },
    ];
    const pdf = await render({
      tables: [
        {
          columns,
          rows: [
            ['i', 'i'],
            ['wide enough', 'wide enough'],
          ],
        },
      ],
    });
    const [narrow, , wide] = wordsOf(pdf).filter(({ text }) => text === 'i' || text === 'enough');
    expect(narrow?.right).toBeCloseTo(wide?.right ?? 0, 0);
  });

  it('have the width that was asked for, in characters', async () => {
    const columns = [
      { key: 'a', width: 10 },
      { key: 'b', width: 30 },
      { key: 'c', width: 10 },
    ];
    const pdf = await render({ layout: { footer: '' }, tables: [{ columns, rows: [['x', 'y', 'z']] }] });
    const [x, y, z] = ['x', 'y', 'z'].map((text) => wordOf(pdf, text).left) as [number, number, number];
    // A digit of the body font is 4.86 points wide.
    expect(z - y - (y - x)).toBeCloseTo(20 * 4.86, 0);
  });

  it('keep numbers and dates whole in a table too wide for its page', async () => {
    const columns = [
      { key: 'text', width: 60 },
      ...Array.from({ length: 9 }, (_, i) => ({ key: `d${i}`, type: 'datetime' })),
    ];
    const row = ['text', ...Array.from({ length: 9 }, () => '2026-11-24T10:20:30Z')];
    const lines = linesOf(await render({ locale: 'sv-SE', tables: [{ columns, rows: [row] }] }));
    expect(lines.join('\n').match(/2026-11-24 10:20/g)).toHaveLength(10);
  });

  it('stand from right to left in a language that is written so', async () => {
    const pdf = await render({ locale: 'he-IL', tables: [{ columns: TWO_COLUMNS, rows: [['abc', 5]] }] });
    const page = 595.28;
    expect(wordOf(pdf, 'abc').left).toBeGreaterThan(page / 2);
    expect(wordOf(pdf, '5').right).toBeLessThan(wordOf(pdf, 'abc').left);
    expect(wordOf(pdf, 'Report').left).toBeGreaterThan(page / 2);
  });
});

describe.skipIf(!POPPLER)('totals', () => {
  it('close a table, and subtotals each group of it', async () => {
    const table = {
      groupBy: 'region',
      columns: [
        { key: 'region' },
        { key: 'sum', type: 'number', total: 'sum' },
        { key: 'mean', type: 'number', total: 'average' },
        { key: 'most', type: 'integer', total: 'max' },
        { key: 'paid', type: 'boolean', total: 'count' },
      ],
      rows: [
        ['North', 0.1, 1, 5, true],
        ['North', 0.2, 3, 9, null],
        ['South', 10, 5, 1, false],
      ],
    };
    const lines = linesOf(await render({ tables: [table] }));
    expect(lines).toContain('Total North 0.30 2.00 9 1');
    expect(lines).toContain('Total South 10.00 5.00 1 1');
    expect(lines).toContain('Total 10.30 3.00 9 2');
    expect(lines.filter((line) => line === 'North')).toHaveLength(1);
  });
});

describe.skipIf(!POPPLER)('running lines', () => {
  it('say page, pages, title and date, at the sides that tabs give', async () => {
    const layout = { header: '{title}\tmiddle\t{date}', footer: 'Page {page} of {pages}' };
    const pdf = await render({
      title: 'Sales',
      timeZone: 'Asia/Tokyo',
      locale: 'cs-CZ',
      layout,
      tables: [{ columns: TWO_COLUMNS, rows: manyRows(120) }],
    });
    textOf(pdf, '-layout').forEach((page, i) => {
      expect(page).toMatch(/Sales +middle +24\. ?11\. ?2026\n/);
      expect(page).toContain(`Page ${i + 1} of 3`);
    });
    expect(wordOf(pdf, 'middle').left).toBeCloseTo(595.28 - wordOf(pdf, 'middle').right, 0);
  });

  it('end where they should although the number of pages is known last', async () => {
    const pdf = await render({
      layout: { page: 'A4', footer: '\t\t{pages} pages' },
      tables: [{ columns: TWO_COLUMNS, rows: manyRows(4900) }],
    });
    const [total, word] = wordsOf(pdf, 7).filter(({ text }) => text === String(pdf.pages) || text === 'pages');
    expect(pdf.pages).toBeGreaterThan(99);
    expect(word?.right).toBeCloseTo(595.28 - 42.5, 0);
    expect((word?.left ?? 0) - (total?.right ?? 0)).toBeGreaterThan(1);
  });
});

describe.skipIf(!QPDF)('the file', () => {
  it.each([
    { page: 'A3', size: '841.9 1190.6' },
    { page: 'A4', size: '595.3 841.9' },
    { page: 'A5', size: '419.5 595.3' },
    { page: 'Letter', size: '612 792' },
    { page: 'Legal', size: '612 1008' },
  ])('has pages of $page, upright or turned', async ({ page, size }) => {
    const tables = [texts([['a']])];
    const [short, long] = size.split(' ');
    const upright = objectsOf(await render({ layout: { page }, tables }));
    expect(upright.replace(/\s+/g, ' ')).toContain(`0 0 ${short} ${long}`);
    const turned = objectsOf(await render({ layout: { page, orientation: 'landscape' }, tables }));
    expect(turned.replace(/\s+/g, ' ')).toContain(`0 0 ${long} ${short}`);
  });

  it('has an outline entry for each section, language, title and dates', async () => {
    const tables = ['Äpfel', '梨'].map((name) => ({ ...texts([['a']]), name }));
    const objects = objectsOf(await render({ title: 'Früchte', subtitle: 'Obst', locale: 'de-CH', tables }));
    const utf16 = (text: string) => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
    for (const name of ['Äpfel', '梨'])
      expect(objects).toMatch(new RegExp(`/Dest \\[[^\\]]*/XYZ[^\\]]*\\][^>]*/Title ${utf16(name)}`, 's'));
    expect(objects).toContain('/Lang (de-CH)');
    expect(objects).toContain(`/Title ${utf16('Früchte')}`);
    expect(objects).toContain('/CreationDate (D:20261124102030Z)');
    expect(objects).toContain('/DisplayDocTitle true');
  });

  it('shows a box for what no font has, copies it, and warns of it', async () => {
    const pdf = await render({ tables: [texts([['a\u{f0000}b \u{e000}']])] });
    expect(warned(pdf)).toEqual({ GLYPH_MISSING: 2 });
    expect(pdf.warnings[0]?.detail).toContain('U+F0000');
    if (POPPLER) expect(textOf(pdf)[0]).toContain('a\u{f0000}b \u{e000}');
  });

  it('goes without a logo that is no image, and warns of it', async () => {
    const logo = { contentType: 'image/png', base64: Buffer.from('no image').toString('base64') };
    expect(warned(await render({ layout: { logo }, tables: [texts([['a']])] }))).toEqual({ LOGO_IGNORED: 1 });
  });
});

describe('values', () => {
  it.skipIf(!POPPLER)('read as people of the locale write them', async () => {
    const columns = [
      { key: 'money', type: 'currency', currency: 'EUR' },
      { key: 'share', type: 'percent' },
      { key: 'day', type: 'date' },
      { key: 'paid', type: 'boolean' },
    ];
    const rows = [[-1234.5, 0.125, '2026-03-01', true]];
    const german = linesOf(await render({ locale: 'de-DE', tables: [{ columns, rows }] }));
    expect(german.at(-2)).toBe('-1.234,50 € 12,5 % 01.03.2026 ja');
    const american = linesOf(await render({ tables: [{ columns, rows }] }));
    expect(american.at(-2)).toBe('-€1,234.50 12.5% 03/01/2026 yes');
  });

  it('of an empty table are none, and the table is there', async () => {
    const pdf = await renderUnchecked({ tables: [column({ label: 'Nothing' }, [])] });
    expect(pdf).toMatchObject({ rows: 0, pages: 1 });
  });
});
