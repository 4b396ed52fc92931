import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { manyRows, objectsOf, type Pdf, POPPLER, QPDF, render, renderUnchecked, saved, texts } from './support.ts';

const GROUPED = {
  title: 'Sales',
  subtitle: 'By region',
  tables: [
    {
      name: 'Orders',
      groupBy: 'region',
      columns: [{ key: 'region' }, { key: 'amount', type: 'integer', total: 'sum' }],
      rows: [
        ['North', 1],
        ['North', null],
        ['South', 3],
      ],
    },
  ],
};
const TWO_COLUMNS = [{ key: 'name' }, { key: 'number', type: 'integer' }];

describe.skipIf(!POPPLER)('structure', () => {
  it('reads title, heading, and the table by rows, each cell under its role', async () => {
    const tree = structureOf(await render(GROUPED));
    expect(roles(tree)).toBe(
      'Document H1 P P H2 Table THead TR TH TH TBody TR TH TR TD TD TR TD TD TR TD TD TR TH TR TD TD TR TD TD TR TD TD',
    );
    expect(tree).toContain('"Orders"');
    expect(tree.match(/Scope \/Column/g)).toHaveLength(2);
    expect(tree.match(/Scope \/Row/g)).toHaveLength(2);
  });

  it('has the header once, on whichever page it is repeated', async () => {
    const pdf = await render({ tables: [{ columns: TWO_COLUMNS, rows: manyRows(100) }] });
    const tree = structureOf(pdf);
    expect(pdf.pages).toBe(3);
    expect(tree.match(/"name"/g)).toHaveLength(1);
    expect(tree.match(/"Row \d+"/g)).toHaveLength(100);
  });

  it('says the reading order of text that runs from right to left', async () => {
    const objects = objectsOf(await render({ tables: [texts([['שלום (1)', 'plain']])] }));
    expect(objects).toContain(`/ActualText <feff${Buffer.from('שלום (1)', 'utf16le').swap16().toString('hex')}>`);
    expect(objects.match(/\/ActualText/g)).toHaveLength(1);
  });

  it('is left out where the request says so', async () => {
    const objects = objectsOf(await render({ ...GROUPED, layout: { tagged: false } }));
    expect(objects).not.toMatch(/StructTreeRoot|MarkInfo|StructParents|BDC|BMC|pdfuaid:part/);
  });
});

describe.skipIf(!QPDF)('marked content', () => {
  it('has the element as its parent that names it', async () => {
    const pdf = await render({
      ...GROUPED,
      layout: { page: 'A4' },
      tables: [...GROUPED.tables, { columns: TWO_COLUMNS, rows: manyRows(120) }],
    });
    const { pages, elements, parents } = readStructure(pdf);
    expect(pages).toHaveLength(3);
    for (const { page, key } of pages) {
      const named = elements.filter((element) => element['/Pg'] === page && typeof element['/K'] === 'number');
      expect(named.length).toBeGreaterThan(20);
      for (const element of named) expect(parents[key]?.[element['/K'] as number]).toBe(element.reference);
      expect(parents[key]).toHaveLength(named.length);
    }
  });
});

describe('a report without a say in it', () => {
  it('is tagged up to 10,000 rows, in less than twice the bytes, and not beyond', async () => {
    const table = (rows: number) => ({ tables: [{ columns: TWO_COLUMNS, rows: manyRows(rows) }] });
    const tagged = await render(table(10_000));
    const plain = await renderUnchecked({ ...table(10_000), layout: { tagged: false } });
    const longer = await renderUnchecked(table(10_001));
    const announced = await renderUnchecked(table(10_001), { rowsExpected: 10_001 });
    expect(isTagged(tagged)).toBe(true);
    expect(tagged.bytes.length / plain.bytes.length).toBeLessThan(2);
    expect(isTagged(longer)).toBe(false);
    expect(isTagged(announced)).toBe(false);
    expect(announced.bytes.length).toBeLessThan(longer.bytes.length);
    expect(isTagged(await renderUnchecked({ ...table(10_001), layout: { tagged: true } }))).toBe(true);
  });
});

/** The metadata is the one stream that is never deflated. */
function isTagged({ bytes }: Pdf): boolean {
  return bytes.includes('<pdfuaid:part>1</pdfuaid:part>');
}

function structureOf({ bytes }: Pdf): string {
  return execFileSync('pdfinfo', ['-struct-text', saved(bytes)], { stdio: 'pipe', maxBuffer: 1 << 26 }).toString();
}

function roles(tree: string): string {
  return Array.from(tree.matchAll(/^ *(Document|H\d|P|Table|THead|TBody|TR|TH|TD)\b/gm), ([, role]) => role).join(' ');
}

interface StructureElement {
  readonly reference: string;
  readonly [entry: string]: unknown;
}

/** Pages, elements and the parent tree, as qpdf reads them. */
function readStructure({ bytes }: Pdf) {
  const json = execFileSync('qpdf', ['--json=2', '--json-key=qpdf', saved(bytes)], { maxBuffer: 1 << 28 }).toString();
  const objects: Record<string, { value?: Record<string, unknown> }> = JSON.parse(json).qpdf[1];
  const found = Object.entries(objects).map(([key, { value }]) => ({ reference: key.slice('obj:'.length), ...value }));
  const elements: StructureElement[] = found.filter((object) => '/S' in object && '/P' in object);
  const pages = found
    .filter((object) => (object as Record<string, unknown>)['/Type'] === '/Page')
    .map((page) => ({ page: page.reference, key: (page as Record<string, unknown>)['/StructParents'] as number }));
  const parents: Record<number, unknown[]> = {};
  for (const node of found as Record<string, unknown>[]) {
    const nums = (node['/Nums'] ?? []) as unknown[];
    for (let i = 0; i < nums.length; i += 2) {
      parents[nums[i] as number] = objects[`obj:${nums[i + 1]}`]?.value as unknown as unknown[];
    }
  }
  return { pages, elements, parents };
}
