import { describe, expect, it } from 'vitest';
import { cellXml, parts, render, renderColumn, sheetXml, type Workbook, warned } from './support.ts';

/** The text of a cell as a reader of XML gets it, before it decodes `_x…_`. */
async function textOf(cell: string): Promise<string | undefined> {
  const xml = cellXml(await renderColumn('text', [cell])).get('A4') ?? '';
  return /<(?:v|t xml:space="preserve")>(.*)<\/(?:v|t)>/s
    .exec(xml)?.[1]
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('text is text', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
    '{"formula":"1+1"}',
  ])('%j makes no formula and no link', async (cell) => {
    const workbook = await renderColumn('text', [cell]);
    expect(sheetXml(workbook)).not.toMatch(/<f[ >]|hyperlink/);
    expect(await textOf(cell)).toBe(cell);
  });

  it('only the totals row holds formulas, and they name cells alone', async () => {
    const columns = [{ key: 'a' }, { key: 'b', type: 'number', total: 'sum' }];
    const workbook = await render({ tables: [{ columns, rows: [['=1+1', 3]] }] });
    expect(sheetXml(workbook).match(/<f>.*?<\/f>/g)).toEqual(['<f>SUBTOTAL(9,B4:B4)</f>']);
  });
});

describe('characters', () => {
  it.each([
    ['markup', '<a href="x">&amp;</a>'],
    ['emoji of several code points', '👨‍👩‍👧 🇧🇷'],
    ['right to left', 'שלום مرحبا'],
    ['edges of spaces', '  padded  '],
    ['lines and tabs', 'a\nb\tc'],
    ['a no-break space', '\u00a0x\u00a0'],
    ['private use and specials', '\ue000\ufffd\ufeff'],
  ])('%s come through whole', async (_, cell) => {
    expect(await textOf(cell)).toBe(cell);
    expect(warned(await renderColumn('text', [cell]))).toEqual({});
  });

  it.each([
    ['a\u0000b', 'ab'],
    ['a\u000bb', 'ab'],
    ['a\u001fb', 'ab'],
    ['a\ufffeb\uffffc', 'abc'],
    ['a\ud800b', 'a\ufffdb'],
    ['\udc00', '\ufffd'],
  ])('what XML cannot hold is dropped from %j, and the client is told', async (cell, text) => {
    expect(await textOf(cell)).toBe(text);
    expect(warned(await renderColumn('text', [cell]))).toEqual({ CHARACTERS_DROPPED: 1 });
  });

  it('line ends become line feeds', async () => {
    expect(await textOf('a\r\nb\rc')).toBe('a\nb\nc');
  });

  it.each([
    ['_x0041_', '_x005F_x0041_'],
    ['a_x000D_b', 'a_x005F_x000D_b'],
    ['_x0041', '_x0041'],
    ['snake_xray', 'snake_xray'],
    ['_x0041_x0042_', '_x005F_x0041_x005F_x0042_'],
  ])('%s is kept from being decoded as %s', async (cell, text) => expect(await textOf(cell)).toBe(text));

  it('titles and headers obey the same rules', async () => {
    const workbook = await render({
      title: '=1+1 \u0000_x0041_ <&>',
      tables: [{ columns: [{ key: 'a', label: '_x0041_\u0001 & "b"' }], rows: [] }],
    });
    const xml = sheetXml(workbook);
    expect(xml).not.toContain('\u0000');
    expect(xml).not.toMatch(/<f[ >]/);
    const strings = parts(workbook.bytes).get('xl/sharedStrings.xml');
    expect(strings).toContain('=1+1 _x005F_x0041_ &lt;&amp;&gt;');
    expect(strings).toContain('_x005F_x0041_ &amp; &quot;b&quot;');
  });
});

it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['title', {}, { title: 'a\uffffb' }],
  ['subtitle', {}, { subtitle: 'a\u0000b' }],
  ['page header', {}, { layout: { header: 'a\u0001b' } }],
  ['page footer', {}, { layout: { footer: 'a\ufffeb' } }],
  ['label', { label: 'a\u000bb' }, {}],
  ['number format', { type: 'number', format: '0" a\uffffb"' }, {}],
  ['bound', { conditionalFormats: [{ type: 'highlight', operator: 'equal', value: 'a\ufffe\u0000b' }] }, {}],
  [
    'bound whose cut falls into a pair',
    { conditionalFormats: [{ type: 'highlight', operator: 'equal', value: `\uffff${'x'.repeat(252)}\u{1f600}` }] },
    {},
  ],
])('what XML cannot hold is dropped from a %s, and the client is told', async (_, column, report) => {
  const workbook = await renderColumn(column, [1], report);
  expect(warned(workbook)).toEqual({ CHARACTERS_DROPPED: 1 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  for (const xml of parts(workbook.bytes).values()) expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
});

it('a number format of nothing but such characters is none', async () => {
  const workbook = await renderColumn({ type: 'number', format: '\uffff' }, [1]);
  expect(warned(workbook)).toEqual({ CHARACTERS_DROPPED: 1, FORMAT_IGNORED: 1 });
});

it('a bound that no number can be is a text', async () => {
  const highlight = { type: 'highlight', operator: 'greaterThan', value: `PT${'9'.repeat(200)}H${'9'.repeat(50)}M` };
  const xml = sheetXml(await renderColumn({ type: 'duration', conditionalFormats: [highlight] }, [1]));
  expect(xml).not.toContain('Infinity');
});

describe('a cell never moves its neighbours', () => {
  const cells = (workbook: Workbook) =>
    [...cellXml(workbook).values()].map((xml) => /<(?:v|t [^>]*)>(.*)<\//s.exec(xml)?.[1]?.replace(/<.*/s, ''));
  const columns = [{ key: 'a' }, { key: 'b' }, { key: 'c' }];

  it.each([
    'a\0b',
    '\0',
    '\0\0a',
    '\ud800',
    'a\ud83d',
    '\uffff',
    '\ufffd',
    ' a',
    'a ',
    '_x0041_',
    '😀 & <é>',
    '東\0京',
  ])('%j between others', async (cell) => {
    const rows = [
      ['one', cell, 'two'],
      [cell, 'three', cell],
      ['four', 'five', cell],
      ['six', 'seven', 'eight'],
    ];
    const written = cells(await render({ tables: [{ columns, rows }] }));
    expect([0, 2, 4, 6, 7, 9, 10, 11].map((i) => written[i])).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
      'eight',
    ]);
    expect(new Set([1, 3, 5, 8].map((i) => written[i])).size).toBe(1);
  });

  it('nor do empty cells, numbers and cells that are too long', async () => {
    const rows = [
      ['', 'x'.repeat(32_768), 'one'],
      [1, null, 'two'],
      [true, '東'.repeat(20_000), 'three'],
    ];
    const written = cells(await render({ tables: [{ columns, rows }] }));
    expect(written.map((text) => (text ?? '').slice(0, 6))).toEqual([
      '',
      'xxxxxx',
      'one',
      '1',
      '',
      'two',
      'true',
      '東東東東東東',
      'three',
    ]);
  });

  it('nor does a stream that gives the same batch again', async () => {
    const batch = Array.from({ length: 60 }, (_, i) => [`${i}`, 'b', 'c']);
    async function* repeated() {
      for (let i = 0; i < 5; i += 1) yield batch;
    }
    const written = cells(await render({ tables: [{ columns, rows: repeated() }] }));
    expect(written.filter((_, i) => i % 3 === 0)).toEqual(Array.from({ length: 300 }, (_, i) => `${i % 60}`));
  });
});

describe('length', () => {
  it('a cell takes 32,767 characters', async () => {
    expect(await textOf('x'.repeat(32_767))).toHaveLength(32_767);
  });

  it('a longer cell is cut, not through an emoji, and the client is told', async () => {
    expect(await textOf('x'.repeat(32_768))).toHaveLength(32_767);
    expect(await textOf(`${'x'.repeat(32_766)}😀`)).toHaveLength(32_766);
    const workbook = await renderColumn('text', ['x'.repeat(40_000), 'x'.repeat(40_000)]);
    expect(workbook.warnings).toEqual([
      {
        code: 'CELL_CUT',
        detail: 'Report!A4 was cut: a cell holds at most 32767 characters and 253 line feeds.',
        count: 2,
      },
    ]);
  });

  it('the longest cell of characters that need escapes fits', async () => {
    expect(await textOf('&'.repeat(32_767))).toHaveLength(32_767);
    expect(await textOf('東'.repeat(32_767))).toHaveLength(32_767);
  });

  it('a cell takes 253 line feeds and is cut before the next', async () => {
    expect(await textOf(`a${'\n'.repeat(253)}`)).toHaveLength(254);
    expect(await textOf('a\n'.repeat(254))).toHaveLength(2 * 253 + 1);
    expect(warned(await renderColumn('text', ['a\n'.repeat(254)]))).toEqual({ CELL_CUT: 1 });
  });
});
