import { describe, expect, it } from 'vitest';
import { parts, render, renderColumn, sheetXml } from './support.ts';

/** The rules of a column with one format, as XML. */
async function rules(type: string, format: object): Promise<string> {
  const xml = sheetXml(await renderColumn({ type, conditionalFormats: [format] }, [1, 2]));
  return xml.slice(xml.indexOf('<conditionalFormatting'), xml.lastIndexOf('</conditionalFormatting>'));
}

it.each([
  [{ type: 'colorScale' }, ['<colorScale>', 'FFF8696B', 'FFFFEB84', 'FF63BE7B', 'type="percentile" val="50"']],
  [{ type: 'colorScale', colors: ['#ffffff', '#1f77b4'] }, ['<colorScale>', 'FFFFFFFF', 'FF1F77B4']],
  [{ type: 'dataBar' }, ['<dataBar>', 'FF7FA7D9']],
  [{ type: 'dataBar', color: '#00ff00' }, ['<dataBar>', 'FF00FF00']],
  [{ type: 'iconSet' }, ['<iconSet>', 'val="33"', 'val="67"']],
  [{ type: 'iconSet', icons: '5Rating' }, ['iconSet="5Rating"', 'val="80"']],
])('%o covers the data of its column', async (format, pieces) => {
  const xml = await rules('number', format);
  expect(xml).toContain('sqref="A4:A5"');
  for (const piece of pieces) expect(xml).toContain(piece);
});

describe('a highlight', () => {
  it.each([
    ['number', { operator: 'greaterThan', value: 10 }, '<formula>10</formula>'],
    ['number', { operator: 'between', value: 1, value2: 2 }, '<formula>1</formula><formula>2</formula>'],
    ['percent', { operator: 'lessThan', value: '5%' }, '<formula>0.05</formula>'],
    ['date', { operator: 'lessThan', value: '2024-02-29' }, '<formula>45351</formula>'],
    ['duration', { operator: 'greaterThan', value: 'PT12H' }, '<formula>0.5</formula>'],
    ['boolean', { operator: 'equal', value: 'false' }, '<formula>FALSE</formula>'],
    [
      'text',
      { operator: 'equal', value: 'say "late"' },
      '<formula>&quot;say &quot;&quot;late&quot;&quot;&quot;</formula>',
    ],
  ])('of a %s column compares with %o', async (type, highlight, formula) => {
    expect(await rules(type, { type: 'highlight', ...highlight })).toContain(formula);
  });

  it.each(['=1+1', '"&A1&"', 'INDIRECT("x")', '1e999'])('never lets %s become a formula', async (value) => {
    const xml = await rules('number', { type: 'highlight', operator: 'equal', value });
    const quoted = `"${value.replaceAll('"', '""')}"`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    expect(xml).toContain(`<formula>${quoted}</formula>`);
  });

  it.each([
    ['good', 'FF006100', 'FFC6EFCE'],
    ['bad', 'FF9C0006', 'FFFFC7CE'],
    ['neutral', 'FF7F6000', 'FFFFEB9C'],
  ])('%s has ink and ground of its own', async (style, ink, ground) => {
    const format = { type: 'highlight', operator: 'greaterThan', value: 1, style };
    const workbook = await renderColumn({ type: 'number', conditionalFormats: [format] }, [1]);
    const styles = parts(workbook.bytes).get('xl/styles.xml') ?? '';
    expect(styles.slice(styles.indexOf('<dxfs'))).toMatch(new RegExp(`${ink}.*${ground}`));
  });
});

describe('with groups', () => {
  const columns = [
    { key: 'g' },
    { key: 'n', type: 'number', total: 'sum', conditionalFormats: [{ type: 'dataBar' }, { type: 'colorScale' }] },
  ];
  const grouped = (groups: number) => Array.from({ length: groups * 2 }, (_, i) => [`g${Math.floor(i / 2)}`, i]);

  it('subtotals are passed over, which would be the longest of bars', async () => {
    const xml = sheetXml(await render({ tables: [{ columns, groupBy: 'g', rows: grouped(3) }] }));
    expect(xml).toContain('sqref="B4:B5 B7:B8 B10:B11"');
    expect(xml).toContain('<xm:sqref>B4:B5 B7:B8 B10:B11</xm:sqref>');
    expect(xml).toContain('<autoFilter ref="A3:B12"/>');
  });

  it('beyond 500 groups a format is for the whole column', async () => {
    const xml = sheetXml(await render({ tables: [{ columns, groupBy: 'g', rows: grouped(501) }] }));
    expect(xml).toContain(`sqref="B4:B${3 + 501 * 3}"`);
  });

  it('each sheet of a table that overflows has its own', async () => {
    const workbook = await render({ tables: [{ columns, groupBy: 'g', rows: grouped(8) }] }, { rows: 20 });
    expect(sheetXml(workbook, 1)).toContain('sqref="B4:B5 B7:B8 B10:B11 B13:B14 B16:B17"');
    expect(sheetXml(workbook, 2)).toMatch(/sqref="B4:B5 B7:B8/);
  });
});
