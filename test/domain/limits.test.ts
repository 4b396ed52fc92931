import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../lambdas/domain/limits.ts';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import { Problem } from '../../lambdas/domain/problems.ts';

type Members = Record<string, unknown>;

const ONE = { format: 'xlsx', title: 'T', columns: [{ key: 'a' }], rows: [[1]] };
const of = (changes: Members) => ({ ...ONE, ...changes });
const column = (changes: Members) => of({ columns: [{ key: 'a', ...changes }] });
const layout = (changes: Members) => of({ layout: changes });
const columns = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `k${i}` }));
const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, 1]));
const tables = (count: number, table: Members) => ({ format: 'xlsx', title: 'T', tables: Array(count).fill(table) });
const bars = (count: number) => Array(count).fill({ type: 'dataBar' });
/** Rows that each begin a group. */
const grouped = (count: number, formats = 0, width = 1) => ({
  format: 'xlsx',
  title: 'T',
  columns: columns(width).map((each, i) =>
    i === 0 && formats > 0 ? { ...each, conditionalFormats: bars(formats) } : each,
  ),
  groupBy: 'k0',
  rows: Array.from({ length: count }, (_, i) => [i]),
});

/** The limit, the largest that is taken and the smallest that is not, and the place and code that it is refused with. */
const BOUNDS: [string, (size: number) => unknown, number, string, string][] = [
  ['title', (n) => of({ title: 'x'.repeat(n) }), LIMITS.titleLength, '/title', 'TOO_LONG'],
  ['reference', (n) => of({ reference: 'x'.repeat(n) }), LIMITS.referenceLength, '/reference', 'TOO_LONG'],
  ['key', (n) => of({ columns: [{ key: 'x'.repeat(n) }], rows: [] }), LIMITS.labelLength, '/columns/0/key', 'TOO_LONG'],
  ['header', (n) => layout({ header: 'x'.repeat(n) }), LIMITS.headerLength, '/layout/header', 'TOO_LONG'],
  [
    'highlight',
    (n) => column({ conditionalFormats: [{ type: 'highlight', operator: 'equal', value: 'x'.repeat(n) }] }),
    LIMITS.labelLength,
    '/columns/0/conditionalFormats/0/value',
    'TOO_LONG',
  ],
  ['tables', (n) => tables(n, { columns: [{ key: 'a' }], rows: [] }), LIMITS.tables, '/tables', 'TOO_MANY_ITEMS'],
  ['columns', (n) => of({ columns: columns(n) }), LIMITS.columns, '/columns', 'TOO_MANY_COLUMNS'],
  ['PDF columns', (n) => of({ format: 'pdf', columns: columns(n) }), LIMITS.pdfColumns, '/columns', 'TOO_MANY_COLUMNS'],
  [
    'columns in all',
    (n) => tables(50, { columns: columns(Math.ceil(n / 50)), rows: [] }),
    LIMITS.columnsInAll,
    '/tables',
    'TOO_MANY_COLUMNS',
  ],
  [
    'conditional formats',
    (n) => column({ conditionalFormats: bars(n) }),
    LIMITS.conditionalFormats,
    '/columns/0/conditionalFormats',
    'TOO_MANY_ITEMS',
  ],
  [
    'cells',
    (n) => of({ columns: columns(1000), rows: Array(Math.ceil(n / 1000)).fill([]) }),
    LIMITS.cells,
    '',
    'TOO_MANY_CELLS',
  ],
  ['cells with subtotals', (n) => grouped(Math.ceil(n / 400), 0, 200), LIMITS.cells, '', 'TOO_MANY_CELLS'],
  ['a cell', (n) => of({ rows: [['x'.repeat(n)]] }), LIMITS.cellLength, '/rows/0/0', 'CELL_TOO_LONG'],
  ['a cell by key', (n) => of({ rows: [{ a: 'x'.repeat(n) }] }), LIMITS.cellLength, '/rows/0/a', 'CELL_TOO_LONG'],
  ['groups', (n) => grouped(n), LIMITS.groups, '/groupBy', 'TOO_MANY_GROUPS'],
  ['grouped formats', (n) => grouped(Math.ceil(n / 8), 8), LIMITS.groupedFormats, '/groupBy', 'TOO_MANY_GROUPS'],
];

function faultsOf(json: unknown) {
  try {
    parseRequest(json);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.faults;
    throw error;
  }
}

describe('a request', () => {
  it.each(BOUNDS)(
    'at the limit of %s is taken, one beyond is refused with its code',
    (_, make, limit, pointer, code) => {
      expect(faultsOf(make(limit))).toEqual([]);
      expect(faultsOf(make(limit + 1))).toEqual([expect.objectContaining({ pointer, code })]);
    },
  );

  it.each([
    ['/layout', (n: number) => layout(members(n))],
    ['/columns/0', (n: number) => column(members(n))],
    ['/layout/margins', (n: number) => layout({ margins: members(n) })],
    ['/columns/0/conditionalFormats/0', (n: number) => column({ conditionalFormats: [members(n)] })],
    ['', (n: number) => of(members(n))],
  ])('with too many members at %j is refused for that alone', (pointer, make) => {
    expect(faultsOf(make(LIMITS.members + 1))).toEqual([
      expect.objectContaining({ pointer, code: 'TOO_MANY_MEMBERS' }),
    ]);
    expect(faultsOf(make(10))).not.toContainEqual(expect.objectContaining({ code: 'TOO_MANY_MEMBERS' }));
  });

  it.each([
    ['reference', of({ reference: 'a\ud800' }), '/reference'],
    ['title', of({ title: '\udc00' }), '/title'],
    ['subtitle', of({ subtitle: 'x\udfffy' }), '/subtitle'],
    ['file name', of({ fileName: '\ud83d' }), '/fileName'],
    ['key', of({ columns: [{ key: 'k\ud800' }] }), '/columns/0/key'],
    ['label', column({ label: '\ud800' }), '/columns/0/label'],
    ['number format', column({ format: '0"\ud800"' }), '/columns/0/format'],
    ['footer', layout({ footer: '\ud800' }), '/layout/footer'],
    ['table', { ...tables(1, { name: '\ud800', columns: [{ key: 'a' }], rows: [] }) }, '/tables/0/name'],
  ])('with half a surrogate pair in its %s is refused', (_, json, pointer) => {
    expect(faultsOf(json)).toEqual([expect.objectContaining({ pointer, code: 'NOT_UNICODE' })]);
  });

  it('with half a surrogate pair in a cell is taken: the file tells what became of it', () => {
    expect(faultsOf(of({ rows: [['\ud800']] }))).toEqual([]);
  });
});

/** Bodies of up to 4 MiB that cost far more than they say. */
const HOSTILE: [string, () => string][] = [
  ['350,000 unknown members', () => JSON.stringify(members(350_000))],
  ['350,000 members in the layout', () => JSON.stringify(layout(members(350_000)))],
  ['350,000 members in a row', () => JSON.stringify(of({ rows: [members(350_000)] }))],
  ['a row of 1.39 M objects', () => JSON.stringify(ONE).replace('[[1]]', `[[${repeated('{}', 1_390_000)}]]`)],
  ['830,000 rows that each hold a list', () => JSON.stringify(ONE).replace('[[1]]', `[${repeated('[[]]', 830_000)}]`)],
  ['1.39 M tables', () => `{"format":"xlsx","title":"T","tables":[${repeated('{}', 1_390_000)}]}`],
  ['1.39 M columns', () => JSON.stringify(ONE).replace('[{"key":"a"}]', `[${repeated('{}', 1_390_000)}]`)],
  [
    '1.39 M conditional formats',
    () =>
      JSON.stringify(column({ conditionalFormats: [] })).replace(']}],"rows', `${repeated('{}', 1_390_000)}]}],"rows`),
  ],
  [
    'keys of two megabytes',
    () => JSON.stringify(of({ columns: [{ key: 'k'.repeat(2e6) }], rows: [{ ['z'.repeat(2e6)]: 1 }] })),
  ],
  [
    'twenty unknown keys of 200 KB',
    () =>
      JSON.stringify(of(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}`.padEnd(200_000, '~'), 1])))),
  ],
  ['a locale of four megabytes', () => JSON.stringify(of({ locale: `en-x${'-abcdefgh'.repeat(440_000)}` }))],
  ['a time zone of four megabytes', () => JSON.stringify(of({ timeZone: 'A/'.repeat(2e6) }))],
  [
    'a logo of four megabytes',
    () => JSON.stringify(layout({ logo: { contentType: 'image/png', base64: 'A'.repeat(4e6) } })),
  ],
  ['a group key of four megabytes', () => JSON.stringify(of({ groupBy: 'g'.repeat(4e6) }))],
  ['two million nested lists', () => `{"format":"xlsx","title":"T","layout":${'['.repeat(2e6)}${']'.repeat(2e6)}}`],
];

function repeated(text: string, count: number): string {
  return Array(count).fill(text).join(',');
}

describe('a hostile body', () => {
  /** What an ordinary body of the same size takes, on this machine and at this moment. */
  let ordinary: number;
  beforeAll(() => {
    const rows = Array.from({ length: 120_000 }, (_, i) => [i, `Customer ${i}`, true]);
    const body = JSON.stringify(of({ columns: columns(3), rows }));
    ordinary = Math.max(...[1, 2, 3].map(() => cpuMillis(() => parseRequest(JSON.parse(body)))));
  });

  it.each(HOSTILE)('of %s is refused in a few lines, for little more than it costs to read', (_, make) => {
    const body = make();
    expect(body.length).toBeLessThan(LIMITS.bodyBytes * 1.01);
    let faults: ReturnType<typeof faultsOf> = [];
    const reading = cpuMillis(() => JSON.parse(body));
    const spent = cpuMillis(() => {
      faults = faultsOf(JSON.parse(body));
    });
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThanOrEqual(LIMITS.faults);
    expect(JSON.stringify(faults).length).toBeLessThan(20_000);
    expect(spent).toBeLessThan(10 * (reading + ordinary));
  });
});

function cpuMillis(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
