// Longer than a file should be: what a sheet looks like, feature by feature.
import { describe, expect, it } from 'vitest';
import { wrappedLines } from '../../../lambdas/renderers/xlsx/row-heights.ts';
import { cellXml, parts, render, renderColumn, sheetXml, type TestReport } from './support.ts';

/** The `<xf>` of a cell's style, its number format and font looked up. */
async function styleOf(report: TestReport, at: string): Promise<{ xf: string; format: string | undefined }> {
  const workbook = await render(report);
  const styles = parts(workbook.bytes).get('xl/styles.xml') ?? '';
  const number = / s="(\d+)"/.exec(cellXml(workbook, 1, 1).get(at) ?? '')?.[1];
  const xfs = styles.slice(styles.indexOf('<cellXfs'), styles.indexOf('</cellXfs>')).match(/<xf .*?(?:\/>|<\/xf>)/g);
  const xf = xfs?.[Number(number)] ?? '';
  const id = /numFmtId="(\d+)"/.exec(xf)?.[1];
  return { xf, format: new RegExp(`numFmtId="${id}" formatCode="([^"]*)"`).exec(styles)?.[1] ?? id };
}

const column = (spec: Record<string, unknown>, rows: (string | number)[][] = [['x']]) => ({
  tables: [{ columns: [{ key: 'c', ...spec }], rows }],
});

describe('number formats', () => {
  it.each([
    ['en-US', { type: 'integer' }, '3'],
    ['en-US', { type: 'number' }, '4'],
    ['en-US', { type: 'currency', currency: 'USD' }, '[$$]#,##0.00'],
    ['de-DE', { type: 'currency', currency: 'EUR' }, '#,##0.00\u00a0[$€]'],
    ['ja-JP', { type: 'currency', currency: 'JPY' }, '[$￥]#,##0'],
    ['en-US', { type: 'currency', currency: 'KWD' }, '[$KWD]\u00a0#,##0.000'],
    ['en-US', { type: 'percent' }, '#,##0.0%'],
    ['fr-FR', { type: 'percent' }, '#,##0.0\u00a0%'],
    ['en-US', { type: 'date' }, 'mm/dd/yyyy'],
    ['de-DE', { type: 'date' }, 'dd.mm.yyyy'],
    ['sv-SE', { type: 'date' }, 'yyyy-mm-dd'],
    ['en-US', { type: 'datetime' }, 'mm/dd/yyyy hh:mm AM/PM'],
    ['de-DE', { type: 'datetime' }, 'dd.mm.yyyy hh:mm'],
    ['en-US', { type: 'duration' }, '46'],
    ['en-US', { type: 'text' }, '49'],
    ['en-US', { type: 'number', format: '0.000' }, '0.000'],
  ])('in %s %o is shown as %s', async (locale, spec, format) => {
    expect((await styleOf({ locale, ...column(spec) }, 'A4')).format).toBe(format);
  });

  it.each(['text', 'date', 'boolean', 'currency'])('a count of %s is a number', async (type) => {
    const report = column({ type, total: 'count' }, [['2026-01-31']]);
    expect((await styleOf(report, 'A5')).format).toBe('3');
  });

  it('one that Excel would not take is not written, and the client is told', async () => {
    const workbook = await renderColumn({ type: 'number', format: 'x"' }, [1]);
    expect(parts(workbook.bytes).get('xl/styles.xml')).not.toContain('x&quot;');
    expect(workbook.warnings).toEqual([
      { code: 'FORMAT_IGNORED', detail: expect.stringContaining('column "c" of "Report"'), count: 1 },
    ]);
  });
});

describe('alignment', () => {
  it.each([
    [{ type: 'number' }, 'right'],
    [{ type: 'date' }, 'right'],
    [{ type: 'text' }, 'left'],
    [{ type: 'boolean' }, 'center'],
    [{ type: 'number', align: 'left' }, 'left'],
  ])('a column of %o stands %s, its header above it', async (spec, side) => {
    for (const at of ['A3', 'A4', 'A5']) {
      const { xf } = await styleOf(column(spec, [['x'], ['y']]), at);
      expect(xf).toContain(`horizontal="${side}"`);
    }
  });

  it('wrapped text is wrapped, and its whole row starts at the top', async () => {
    const columns = [{ key: 'a', wrap: true }, { key: 'b' }];
    const report = { tables: [{ columns, rows: [['x', 'y']] }] };
    expect((await styleOf(report, 'A4')).xf).toMatch(/vertical="top" wrapText="1"/);
    expect((await styleOf(report, 'B4')).xf).toMatch(/vertical="top" indent/);
  });
});

describe('rows', () => {
  it('alternate in their ground, unless the layout says no', async () => {
    const rows = [['x'], ['y'], ['z']];
    const style = async (layout: object) => {
      const cells = cellXml(await render({ layout, ...column({}, rows) }));
      return ['A4', 'A5', 'A6'].map((at) => / s="(\d+)"/.exec(cells.get(at) ?? '')?.[1]);
    };
    const [first, second, third] = await style({});
    expect(second).not.toBe(first);
    expect(third).toBe(first);
    expect(new Set(await style({ banding: false })).size).toBe(1);
  });

  it('of wrapped text are as high as their lines', async () => {
    const columns = [{ key: 'a', wrap: true, width: 20 }];
    const rows = [['one'], ['one\ntwo\nthree'], ['x'.repeat(50)], ['\n'.repeat(200)]];
    const xml = sheetXml(await render({ tables: [{ columns, rows }] }));
    expect([...xml.matchAll(/<row r="([4-7])"(?: ht="(\d+)")?>/g)].map((match) => match[2])).toEqual([
      undefined,
      '48',
      '48',
      '408',
    ]);
  });

  it.each([
    ['', 10, 1],
    ['0123456789', 10, 1],
    ['01234567890', 10, 2],
    ['narrow: ill, still, fit', 20, 1],
    ['MINIMUM WAGE SUM', 15, 2],
    ['aaaa bbbb cccc', 9, 2],
    ['aaaaaaaaaaaaaaaaaaaaaa', 10, 3],
    ['東京都千代田区', 10, 2],
    ['a\r\nb\rc', 10, 3],
    [' '.repeat(1_000_000), 10, 1],
    ['a '.repeat(1_000_000), 10, 27],
  ])('%.20j in %i characters takes %i lines', (text, width, lines) => expect(wrappedLines(text, width)).toBe(lines));
});

describe('columns', () => {
  const widths = (xml: string) =>
    [...xml.matchAll(/<col min="\d+" max="\d+" width="([\d.]+)"/g)].map((m) => Number(m[1]));

  it('are as wide as the sample asks for, within bounds', async () => {
    const columns = [
      { key: 'n', type: 'integer' },
      { key: 'short' },
      { key: 'long' },
      { key: 'cjk' },
      { key: 'fixed', width: 33.5 },
      { key: 'u', type: 'url' },
      { key: 'w', wrap: true },
    ];
    const long = 'x'.repeat(200);
    const rows = [[1_234_567, 'a', long, '東京都千代田区', long, `https://example.org/${long}`, long]];
    expect(widths(sheetXml(await render({ tables: [{ columns, rows }] })))).toEqual([12, 9, 60, 17, 33.5, 45, 45]);
  });

  it('leave room for their sum', async () => {
    const [plain, summed] = await Promise.all(
      [{}, { total: 'sum' }].map(async (total) => {
        return widths(sheetXml(await renderColumn({ type: 'number', ...total }, [1_234_567.4])))[0] as number;
      }),
    );
    expect(summed).toBeGreaterThanOrEqual((plain as number) + 4);
  });

  it('of numbers have room for longer ones below the sample, and show those that outgrow it smaller', async () => {
    const rows = Array.from({ length: 1500 }, (_, i) => [i < 1200 ? i : 123_456_789_012]);
    const report = { tables: [{ columns: [{ key: 'n', type: 'integer' }], rows }] };
    expect(widths(sheetXml(await render(report)))).toEqual([12]);
    for (const at of ['A4', 'A5', 'A1500']) expect((await styleOf(report, at)).xf).toContain('shrinkToFit="1"');
  });

  it('of text are cut or wrapped, never made smaller', async () => {
    for (const spec of [{}, { type: 'url' }, { type: 'number', wrap: true }]) {
      expect((await styleOf(column(spec), 'A4')).xf).not.toContain('shrinkToFit="1"');
    }
  });

  it('have a header that is high enough for their labels', async () => {
    const header = async (label: string) =>
      /<row r="3"[^>]* ht="(\d+)" customHeight="1"/.exec(sheetXml(await renderColumn({ label, width: 12 }, [])))?.[1];
    expect(await header('Total')).toBe('23');
    expect(await header('Average delay in minutes')).toBe('53');
  });
});

describe('the sheet', () => {
  const xmlOf = async (report: object) => sheetXml(await render({ ...column({}), ...report }));

  it('has its header frozen and a filter, unless the layout says no', async () => {
    const xml = await xmlOf({});
    expect(xml).toContain('<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A3:A4"/>');
    const bare = await xmlOf({ layout: { freezeHeader: false, autoFilter: false } });
    expect(bare).not.toMatch(/<pane|autoFilter/);
  });

  it.each([
    ['ar-EG', true],
    ['he-IL', true],
    ['ur', true],
    ['pa-Arab', true],
    ['en-US', false],
    ['ja', false],
  ])('in %s goes from right to left: %s', async (locale, rightToLeft) => {
    const xml = await xmlOf({ locale });
    expect(xml.includes('rightToLeft="1"')).toBe(rightToLeft);
  });

  it('in a right-to-left language has its text at the right', async () => {
    expect((await styleOf({ locale: 'ar', ...column({}) }, 'A4')).xf).toContain('horizontal="right"');
  });

  it.each([
    ['en-US', 'تقرير المبيعات', 'left', '2'],
    ['en-US', 'Sales', 'left', '1'],
    ['en-US', '2026', 'left', undefined],
    ['ar-EG', 'Sales report', 'right', '1'],
    ['he-IL', '2026 דוח', 'right', '2'],
  ])(
    'in %s a title %j runs over the empty cells beside it, in its own direction',
    async (locale, title, side, order) => {
      for (const report of [{ title }, { title: 'x', subtitle: title }]) {
        const at = 'subtitle' in report ? 'A2' : 'A1';
        const { xf } = await styleOf({ locale, ...column({}), ...report }, at);
        expect(xf).toContain(`horizontal="${side}"`);
        expect(/readingOrder="(\d)"/.exec(xf)?.[1]).toBe(order);
      }
    },
  );

  it('prints on the paper of its country, fitted to its width, with its header on every page', async () => {
    const xml = await xmlOf({ locale: 'en-US' });
    expect(xml).toMatch(/<pageSetup paperSize="1" orientation="portrait"[^>]* fitToHeight="0"/);
    expect(await xmlOf({ locale: 'de-DE' })).toMatch(/<pageSetup paperSize="9"/);
    expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
    const workbook = parts((await render(column({}))).bytes).get('xl/workbook.xml');
    expect(workbook).toContain('<definedName name="_xlnm.Print_Titles" localSheetId="0">\'Report\'!$3:$3<');
  });

  it.each([
    ['A3', 8],
    ['A5', 11],
    ['Letter', 1],
    ['Legal', 5],
  ])('prints on %s when asked to, and across with margins', async (page, code) => {
    const xml = await xmlOf({ layout: { page, orientation: 'landscape', margins: { left: 25.4, top: 50.8 } } });
    expect(xml).toMatch(new RegExp(`<pageSetup paperSize="${code}" orientation="landscape"`));
    expect(xml).toMatch(/<pageMargins left="1" right="0\.59\d*" top="2"/);
  });

  it('numbers its pages, or says what the layout says', async () => {
    expect(await xmlOf({ title: 'A & B' })).toContain(
      '<oddFooter>&amp;LA &amp;&amp; B&amp;R&amp;P / &amp;N</oddFooter>',
    );
    const layout = { header: '{title} & co', footer: '{date}: {page} of {pages}' };
    const xml = await xmlOf({ title: 'T', locale: 'de-DE', layout });
    expect(xml).toContain('<oddHeader>&amp;CT &amp;&amp; co</oddHeader>');
    expect(xml).toContain('<oddFooter>&amp;C24.11.2026: &amp;P of &amp;N</oddFooter>');
  });

  it.each([
    ['a\tb\tc', 'en-US', '&LaT&CbT&RcT'],
    ['a\t\tc', 'en-US', '&LaT&RcT'],
    ['\t\tc', 'ar-EG', '&LcT'],
    ['a\tb', 'he-IL', '&CbT&RaT'],
  ])('parts %j by its tabs into start, centre and end (%s)', async (text, locale, codes) => {
    const header = text.replaceAll(/(?<=[a-z])/g, '{title}');
    const xml = await xmlOf({ title: 'T', locale, layout: { header } });
    expect(/<oddHeader>(.*?)<\/oddHeader>/.exec(xml)?.[1]?.replaceAll('&amp;', '&')).toBe(codes);
  });

  it.each([
    ['-10 degrees', '{page}{title}', '&C&P -10 degrees'],
    ['+5 & more', '{pages}{title}', '&C&N +5 && more'],
    ['Invoice {page} of {pages}', '{title}', '&CInvoice {page} of {pages}'],
    ['T', '{page}-{pages}', '&C&P -&N'],
  ])('a title %j brings no code into %j', async (title, footer, codes) => {
    const xml = await xmlOf({ title, layout: { footer } });
    expect(/<oddFooter>(.*?)<\/oddFooter>/.exec(xml)?.[1]?.replaceAll('&amp;', '&')).toBe(codes);
  });

  it('cuts a page header that Excel would call corrupt, and tells the client', async () => {
    const workbook = await render({ layout: { header: '&'.repeat(300) }, ...column({}) });
    const header = /<oddHeader>(.*?)<\/oddHeader>/.exec(sheetXml(workbook))?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(header.length).toBeLessThanOrEqual(255);
    expect(header.replace('&C', '').replaceAll('&&', '')).toBe('');
    expect(workbook.warnings.map(({ code }) => code)).toEqual(['HEADER_CUT']);
  });
});

it('the workbook knows its title, subject, maker and the time of the job', async () => {
  const workbook = await render({ title: 'T & <U>', subtitle: 'S', ...column({}) });
  const core = parts(workbook.bytes).get('docProps/core.xml') ?? '';
  expect(core).toContain('<dc:title>T &amp; &lt;U&gt;</dc:title>');
  expect(core).toContain('<dc:subject>S</dc:subject>');
  expect(core).toContain('<dc:creator>Quire</dc:creator>');
  expect(core.match(/2026-11-24T10:20:30Z/g)).toHaveLength(2);
});

describe('the logo', () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGOQL9+CFTEMLQkAF2hSgXL+4LMAAAAASUVORK5CYII=';

  it('stands above the title, on the first sheet of each table', async () => {
    const logo = { contentType: 'image/png', base64: png };
    const rows = Array.from({ length: 30 }, () => ['x']);
    const workbook = await render({ layout: { logo }, ...column({}, rows) }, { rows: 20 });
    const all = parts(workbook.bytes);
    expect([...all.keys()].filter((name) => name.startsWith('xl/media/'))).toEqual(['xl/media/image1.png']);
    expect(sheetXml(workbook, 1)).toContain('<drawing r:id=');
    expect(sheetXml(workbook, 2)).not.toContain('<drawing');
    expect(cellXml(workbook, 1, 1).keys().next().value).toBe('A2');
  });

  it.each([
    ['image/png', Buffer.from('not an image').toString('base64')],
    ['image/jpeg', png],
  ])('is left out when it is no %s, and the client is told', async (contentType, base64) => {
    const workbook = await render({ layout: { logo: { contentType, base64 } }, ...column({}) });
    expect(sheetXml(workbook)).not.toContain('<drawing');
    expect(workbook.warnings.map(({ code }) => code)).toEqual(['LOGO_IGNORED']);
  });
});
