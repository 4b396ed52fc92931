import { expect, it } from 'vitest';
import { cellXml, parts, render, renderColumn, sheetXml, warned } from './support.ts';

/** What a cell holds and how: type and content, without reference and style. */
async function written(type: string, cell: string | number | boolean | null, report = {}): Promise<string | undefined> {
  const workbook = await renderColumn(type, [cell], report);
  return cellXml(workbook)
    .get('A4')
    ?.replace(/ r="A4" s="\d+"/, '');
}

it.each([
  ['text', 'plain', '<c t="str"><v>plain</v></c>'],
  ['text', '007', '<c t="str"><v>007</v></c>'],
  ['text', 12.5, '<c t="str"><v>12.5</v></c>'],
  ['text', true, '<c t="str"><v>true</v></c>'],
  ['text', '', '<c/>'],
  ['text', null, '<c/>'],
  ['integer', 42, '<c><v>42</v></c>'],
  ['integer', '42', '<c><v>42</v></c>'],
  ['number', -0.1, '<c><v>-0.1</v></c>'],
  ['number', 1e21, '<c><v>1e+21</v></c>'],
  ['currency', 1234.56, '<c><v>1234.56</v></c>'],
  ['percent', '12.5%', '<c><v>0.125</v></c>'],
  ['boolean', true, '<c t="b"><v>1</v></c>'],
  ['boolean', 'no', '<c t="b"><v>0</v></c>'],
  ['date', '2024-02-29', '<c><v>45351</v></c>'],
  ['date', '1900-03-01', '<c><v>61</v></c>'],
  ['datetime', '2024-02-29T18:00:00', '<c><v>45351.75</v></c>'],
  ['datetime', '2024-02-29T10:20:30', '<c><v>45351.4309027778</v></c>'],
  ['duration', 'PT36H', '<c><v>1.5</v></c>'],
  ['duration', 90, '<c><v>0.0010416667</v></c>'],
  ['url', 'https://example.org/', '<c t="str"><v>https://example.org/</v></c>'],
])('a %s cell %o is written as %s', async (type, cell, xml) => {
  expect(await written(type, cell)).toBe(xml);
});

it('an instant is shown by the clock of the request’s time zone', async () => {
  const zone = { timeZone: 'America/Sao_Paulo' };
  expect(await written('datetime', '2024-02-29T03:00:00Z', zone)).toBe('<c><v>45351</v></c>');
  expect(await written('date', '2024-03-01T02:59:59Z', zone)).toBe('<c><v>45351</v></c>');
});

it.each([
  ['integer', '9007199254740993'],
  ['number', 'n/a'],
  ['number', '1e309'],
  ['number', true],
  ['date', '2023-02-29'],
  ['date', 45_000],
  ['datetime', 'tomorrow'],
  ['boolean', 'maybe'],
])('a %s cell %o stays text, and the client is told', async (type, cell) => {
  const workbook = await renderColumn(type, [cell]);
  expect(cellXml(workbook).get('A4')).toContain(`t="str"><v>${cell}</v>`);
  expect(workbook.warnings).toEqual([
    { code: 'VALUE_KEPT_AS_TEXT', detail: "Report!A4 holds a value of another type than its column's.", count: 1 },
  ]);
});

it.each([
  ['date', '1900-02-28', '02/28/1900'],
  ['date', '0999-12-31', '12/31/0999'],
  ['datetime', '1899-12-31T18:00:00', '12/31/1899 06:00 PM'],
  ['duration', '-PT5M', '-0:05:00'],
  ['duration', -90, '-0:01:30'],
])('a %s cell %o, which no cell can hold, is the text that it reads as elsewhere', async (type, cell, text) => {
  const workbook = await renderColumn(type, [cell]);
  expect(cellXml(workbook).get('A4')).toContain(`t="str"><v>${text}</v>`);
  expect(workbook.warnings).toEqual([
    { code: 'VALUE_KEPT_AS_TEXT', detail: 'Report!A4 holds a value that a cell of its type cannot hold.', count: 1 },
  ]);
});

it('a row that is too short has empty cells, and none is lost after it', async () => {
  const columns = [{ key: 'a' }, { key: 'b' }, { key: 'c' }];
  const workbook = await render({ tables: [{ columns, rows: [['x'], ['x', 'y', 'z']] }] });
  expect([...cellXml(workbook)].map(([at, xml]) => [at, /<v>(.*)<\/v>/.exec(xml)?.[1]])).toEqual([
    ['A4', 'x'],
    ['B4', undefined],
    ['C4', undefined],
    ['A5', 'x'],
    ['B5', 'y'],
    ['C5', 'z'],
  ]);
});

it('columns called __proto__ and constructor are columns like others', async () => {
  const columns = ['__proto__', 'constructor', 'toString'].map((key) => ({ key }));
  const workbook = await render({ tables: [{ columns, rows: [['a', 'b', 'c']] }] });
  expect([...cellXml(workbook).keys()]).toEqual(['A4', 'B4', 'C4']);
});

it('a link is one, by an address that is percent-encoded', async () => {
  const workbook = await renderColumn('url', ['https://example.org/ü?a=1&b="2"', 'mailto:a@example.org']);
  expect(sheetXml(workbook)).toContain(
    '<hyperlinks><hyperlink ref="A4" r:id="link1"/><hyperlink ref="A5" r:id="link2"/></hyperlinks>',
  );
  expect(warned(workbook)).toEqual({});
});

it.each(['javascript:alert(1)', 'file:///etc/passwd', '\\\\server\\share', 'example', `https://x/${'y'.repeat(2080)}`])(
  '"%.30s" in a column of links stays text',
  async (cell) => {
    const workbook = await renderColumn('url', [cell]);
    expect(sheetXml(workbook)).not.toContain('hyperlink');
    expect(warned(workbook)).toEqual({ LINK_KEPT_AS_TEXT: 1 });
  },
);

it.each([
  ['https://example.org/a b', 'Report!A4 has an address with a space in it.'],
  ['mailto:a@example.org, b@example.org', 'Report!A4 has an address with a space in it.'],
  [`https://x/${'y'.repeat(2080)}`, 'Report!A4 has an address of more than the 2079 characters that Excel allows.'],
  ['see below', 'Report!A4 has no web or e-mail address.'],
])('of "%.30s" the client is told what is wrong with it', async (cell, detail) => {
  const { warnings } = await renderColumn('url', [cell]);
  expect(warnings).toEqual([{ code: 'LINK_KEPT_AS_TEXT', detail, count: 1 }]);
});

it('text in a column of links does not look like one, and each of its neighbours does', async () => {
  const link = 'https://example.org/';
  const cells = [link, 'n/a', link, 'n/a', ' padded ', link];
  const workbook = await renderColumn('url', cells);
  const styles = [...cellXml(workbook).values()].map((xml) => Number(/ s="(\d+)"/.exec(xml)?.[1]));
  const xml = parts(workbook.bytes).get('xl/styles.xml') ?? '';
  const xfs = xml.slice(xml.indexOf('<cellXfs')).match(/<xf [^>]*\/>|<xf [^>]*[^/]>.*?<\/xf>/g) ?? [];
  const fonts = xml.slice(0, xml.indexOf('</fonts>')).match(/<font>.*?<\/font>/g) ?? [];
  const underlined = styles.map((style) =>
    fonts[Number(/fontId="(\d+)"/.exec(xfs[style] ?? '')?.[1])]?.includes('<u/>'),
  );
  expect(underlined).toEqual([true, false, true, false, false, true]);
  expect([...cellXml(workbook).values()].map((cell) => />([^<]+)</.exec(cell)?.[1])).toEqual(cells);
});
