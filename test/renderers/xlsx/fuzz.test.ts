import fc from 'fast-check';
import { expect, it } from 'vitest';
import { COLUMN_TYPES, requestSchema } from '../../../lambdas/domain/request.ts';
import { runReader } from '../../support/python.ts';
import { render, saved, type TestReport } from './support.ts';

const REPORTS = 40;

/** Characters that break names, formulas, markup, headers or readers. */
const NAUGHTY = [
  "'",
  '"',
  '&',
  '<',
  '>',
  '\u0000',
  '\u0001',
  '\u001f',
  '\u007f',
  '\ufffe',
  '\uffff',
  '\u2028',
  '\n',
  '\t',
  '\r',
  '!',
  '[',
  ']',
  '{page}',
  '{title}',
  '&P',
  '_x0041_',
  '=1+1',
  '-',
  'é',
  '東',
  'ש',
  '😀',
  ' ',
  'A1',
  '#REF!',
  '%',
  ';',
  '@',
  '0',
];
const naughty = (maxLength: number) =>
  fc
    .array(fc.constantFrom(...NAUGHTY), { minLength: 1, maxLength: 12 })
    .map((pieces) => pieces.join('').slice(0, maxLength));

const conditionalFormat = fc.oneof(
  fc.constant({ type: 'dataBar' }),
  fc.constant({ type: 'colorScale' }),
  fc.constant({ type: 'iconSet', icons: '5Rating' }),
  fc.record({
    type: fc.constant('highlight'),
    operator: fc.constantFrom('greaterThan', 'equal', 'between'),
    value: fc.oneof(naughty(200), fc.double({ noNaN: true, noDefaultInfinity: true })),
    style: fc.constantFrom('good', 'bad', 'neutral'),
  }),
);
const column = fc.record(
  {
    label: naughty(200),
    type: fc.constantFrom(...COLUMN_TYPES),
    format: fc.oneof(
      naughty(50),
      naughty(40).map((text) => `0.0"${text.replaceAll('"', '')}"`),
    ),
    total: fc.constantFrom('sum', 'average', 'count', 'min', 'max'),
    wrap: fc.boolean(),
    conditionalFormats: fc.array(conditionalFormat, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const cell = fc.oneof(
  naughty(100),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const table = fc
  .record({
    name: fc.option(naughty(100), { nil: undefined }),
    columns: fc.array(fc.tuple(naughty(40), column), { minLength: 1, maxLength: 4 }),
    grouped: fc.boolean(),
    rows: fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 }),
  })
  .map(({ name, columns, grouped, rows }) => ({
    ...(name !== undefined && { name }),
    columns: columns.map(([key, spec], i) => ({ key: `${i}${key}`, ...spec })),
    ...(grouped && { groupBy: `0${columns[0]?.[0]}` }),
    rows: rows.map((row) => row.slice(0, columns.length)),
  }));
const report: fc.Arbitrary<TestReport> = fc.record({
  title: naughty(100),
  subtitle: naughty(100),
  locale: fc.constantFrom('en-US', 'de-DE', 'ar-EG', 'ja'),
  layout: fc.record({ header: naughty(200), footer: naughty(200), excelTable: fc.boolean(), autoFilter: fc.boolean() }),
  tables: fc.array(table, { minLength: 1, maxLength: 3 }),
});

const READ = `
import json, sys, warnings, openpyxl, python_calamine
warnings.simplefilter("ignore")
print(json.dumps([openpyxl.load_workbook(sys.argv[1]).sheetnames, python_calamine.CalamineWorkbook.from_path(sys.argv[1]).sheet_names]))
`;

it(`${REPORTS} requests of naughty characters all make workbooks that open`, { timeout: 300_000 }, async () => {
  // What is looked for in each is in `audit.py`: well-formed parts, names and formulas that resolve, Microsoft's schemas.
  const { seed } = fc.readConfigureGlobal();
  for (const [i, request] of fc.sample(report, REPORTS).entries()) {
    const shape = requestSchema.safeParse({
      format: 'xlsx',
      ...request,
      tables: request.tables.map((t) => ({ ...t, rows: [] })),
    });
    expect(shape.error?.issues ?? [], `QUIRE_SEED=${seed}, report ${i}`).toEqual([]);
    const workbook = await render(request);
    if (i % 4 > 0) continue;
    const [openpyxl, calamine] = await runReader<string[][]>(READ, await saved(workbook));
    expect(openpyxl, `QUIRE_SEED=${seed}, report ${i}`).toEqual(calamine);
    expect(openpyxl).toHaveLength(workbook.sheets ?? 0);
  }
});
