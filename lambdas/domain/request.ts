// Longer than a file should be: the request is one document, read from its parts to its whole.
// As a namespace: through the `z` object a bundler keeps all of zod, its forty languages included.
import * as z from 'zod';
import type { Cell } from './cells.ts';
import { type DatasetRequest, datasetSchema } from './dataset.ts';
import { CONTENT_TYPES, type Format } from './formats.ts';
import { echoed } from './issues.ts';
import { LIMITS } from './limits.ts';
import type { UsedParameter } from './report-definition.ts';
import { checkRows } from './rows.ts';

const FORMATS = Object.keys(CONTENT_TYPES) as [Format, ...Format[]];

export const COLUMN_TYPES = [
  'text',
  'integer',
  'number',
  'currency',
  'percent',
  'boolean',
  'date',
  'datetime',
  'duration',
  'url',
] as const;

/** In a Unicode regular expression a surrogate only matches where its other half is missing. */
const HALF_PAIR = /\p{Surrogate}/u;

/** Text that no store and no file would change. A cell may hold half a pair, which is replaced in the file, and told. */
const text = (most: number) =>
  z
    .string()
    .max(most, { abort: true })
    .refine((value) => !HALF_PAIR.test(value), {
      error: 'must be valid Unicode: it contains half of a surrogate pair',
      params: { code: 'NOT_UNICODE' },
    });

const hexColor = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour like "#1f77b4"')
  .meta({ examples: ['#1f77b4'] });

const threshold = z.union([z.number(), text(LIMITS.labelLength)], 'must be a number or text');

const conditionalFormat = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('colorScale'), colors: z.array(hexColor).min(2).max(3).optional() }),
    z.strictObject({ type: z.literal('dataBar'), color: hexColor.optional() }),
    z.strictObject({
      type: z.literal('iconSet'),
      icons: z.enum(['3TrafficLights', '3Arrows', '3Flags', '5Rating']).optional(),
    }),
    z.strictObject({
      type: z.literal('highlight'),
      operator: z.enum(['greaterThan', 'lessThan', 'equal', 'notEqual', 'between']),
      value: threshold,
      value2: threshold.optional().meta({ description: 'The upper bound of `between`.' }),
      style: z.enum(['good', 'bad', 'neutral']).default('bad'),
    }),
  ])
  .meta({ id: 'ConditionalFormat', description: 'XLSX: how Excel shows the cells of a column by their values.' });

const column = z
  .strictObject({
    key: text(LIMITS.labelLength).min(1),
    label: text(LIMITS.labelLength).optional(),
    type: z.enum(COLUMN_TYPES).default('text'),
    format: text(LIMITS.labelLength)
      .min(1)
      .optional()
      .meta({ description: 'An Excel number format; overrides the default of the type.' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like "EUR"')
      .optional()
      .meta({ description: 'ISO 4217; used by `currency` columns.' }),
    align: z.enum(['left', 'center', 'right']).optional(),
    width: z.number().min(1).max(255).optional().meta({ description: 'In characters of the body font, as in Excel.' }),
    wrap: z.boolean().optional(),
    total: z.enum(['sum', 'average', 'count', 'min', 'max']).optional(),
    conditionalFormats: z.array(conditionalFormat).max(LIMITS.conditionalFormats).optional(),
  })
  .meta({ id: 'Column' });

const cell = { type: ['string', 'number', 'boolean', 'null'] };

/** Not `z.array`, which would make an object of every row; `checkRows` looks into them, and the schema of the API says how. */
const rows = z
  .unknown()
  .transform((value, context): readonly unknown[] => {
    if (Array.isArray(value)) return value;
    context.addIssue('must be a list of rows');
    return z.NEVER;
  })
  .meta({
    description: 'A row is an object by column key, or an array by position.',
    type: 'array',
    items: {
      anyOf: [
        { type: 'object', additionalProperties: cell },
        { type: 'array', items: cell },
      ],
    },
  });

export const paramsSchema = z
  .record(z.string(), z.unknown())
  .refine((params) => JSON.stringify(params).length <= LIMITS.paramsLength, {
    error: `is longer than ${LIMITS.paramsLength} characters as JSON`,
    params: { code: 'TOO_LONG' },
  })
  .meta({ description: 'What the report takes; checked against its definition.' });

export const chosenColumnsSchema = z
  .array(text(LIMITS.labelLength))
  .min(1)
  .max(LIMITS.columns)
  .meta({ description: 'Keys of columns of the report, in the order in which they are wanted; default all.' });

export const reportNameSchema = text(LIMITS.labelLength)
  .min(1)
  .meta({ description: 'The name of a report that is defined in code.' });

export const reportUseSchema = z
  .strictObject({
    name: reportNameSchema,
    params: paramsSchema.default({}),
    columns: chosenColumnsSchema.optional(),
  })
  .meta({ id: 'ReportUse' });

/** The members of a table, each by itself; what they have to do with each other is checked by `table`. */
export const tableMembers = {
  name: text(LIMITS.titleLength).optional().meta({ description: 'The name of the sheet or section.' }),
  columns: z
    .array(column)
    .min(1)
    .max(LIMITS.columns)
    .optional()
    .meta({ description: 'Optional for a dataset: they are then inferred from its names and first rows.' }),
  groupBy: text(LIMITS.labelLength).optional().meta({
    description: "A column's key: consecutive rows with the same value form a group with a subtotal.",
  }),
  rows: rows.optional(),
  dataset: datasetSchema.optional().meta({ description: 'Uploaded rows, instead of `rows`.' }),
  report: reportUseSchema
    .optional()
    .meta({ description: 'Rows of a report that is defined in code, instead of `rows`.' }),
};

const table = z
  .strictObject(tableMembers)
  .superRefine((value, context) => {
    const { columns, dataset, report } = value;
    if (report !== undefined) {
      for (const member of ['columns', 'rows', 'dataset'] as const) {
        if (value[member] === undefined) continue;
        context.addIssue({ code: 'custom', path: [member], message: 'must not stand beside a report' });
      }
      return;
    }
    if ((value.rows === undefined) === (dataset === undefined)) {
      const message = dataset === undefined ? 'must have rows or a dataset' : 'must not have both rows and a dataset';
      context.addIssue({ code: 'custom', path: [dataset === undefined ? 'rows' : 'dataset'], message });
    }
    if (columns === undefined) {
      if (value.rows !== undefined)
        context.addIssue({ code: 'custom', path: ['columns'], message: 'must be a list of columns' });
      return;
    }
    const keys = new Set<string>();
    columns.forEach((c, i) => {
      if (keys.has(c.key))
        context.addIssue({
          code: 'custom',
          path: ['columns', i, 'key'],
          message: `"${echoed(c.key)}" is already the key of another column`,
          params: { code: 'DUPLICATE_KEY' },
        });
      keys.add(c.key);
    });
    if (value.groupBy !== undefined && !keys.has(value.groupBy)) {
      const message = `"${echoed(value.groupBy)}" is not the key of a column`;
      context.addIssue({ code: 'custom', path: ['groupBy'], message, params: { code: 'UNKNOWN_COLUMN' } });
    }
    for (const { path, code, message } of checkRows(value.rows ?? [], { keys, count: columns.length })) {
      context.addIssue({ code: 'custom', path: ['rows', ...path], message, params: { code } });
    }
  })
  .transform(({ name, columns, groupBy, rows, dataset, report }): RequestTable => {
    // The columns come from the definition, which is looked up once the request is known to be well-formed.
    if (report !== undefined) return { name, columns: [], groupBy, report };
    if (dataset !== undefined) return { name, columns, groupBy, dataset };
    return { name, columns: columns ?? [], groupBy, rows: rows ?? [] };
  });

const margins = z.strictObject({
  top: z.number().min(0).max(200).optional(),
  right: z.number().min(0).max(200).optional(),
  bottom: z.number().min(0).max(200).optional(),
  left: z.number().min(0).max(200).optional(),
});

const layout = z
  .strictObject({
    page: z.enum(['A3', 'A4', 'A5', 'Letter', 'Legal']).optional(),
    orientation: z.enum(['portrait', 'landscape']).optional(),
    margins: margins.optional().meta({ description: 'In millimetres.' }),
    header: text(LIMITS.headerLength)
      .optional()
      .meta({ description: 'May contain {page}, {pages}, {title} and {date}.' }),
    footer: text(LIMITS.headerLength).optional().meta({ description: 'As `header`.' }),
    freezeHeader: z.boolean().optional().meta({ description: 'XLSX.' }),
    repeatColumns: z.int().min(0).max(LIMITS.repeatedColumns).optional().meta({
      description: 'PDF: how many columns are repeated on each page when a table is wider than one.',
    }),
    carryTotals: z.boolean().optional().meta({
      description:
        'PDF: running totals at the foot of each page of a table and at the head of the next, and names of groups that go on.',
    }),
    autoFilter: z.boolean().optional(),
    banding: z.boolean().optional(),
    logo: z
      .strictObject({
        contentType: z.enum(['image/png', 'image/jpeg']),
        base64: z.string().max(LIMITS.logoBase64Length, { abort: true }).regex(z.regexes.base64, 'must be base64'),
      })
      .optional(),
    references: z
      .enum(['short', 'full'])
      .optional()
      .meta({
        description:
          'XLSX: `full` writes the reference of each cell, which few programs need and which makes the file half as ' +
          "large again; `short` writes that of each row's first cell.",
      }),
    excelTable: z.boolean().optional().meta({
      description: 'XLSX: each sheet is a table that formulas, slicers and screen readers can name.',
    }),
    tagged: z.boolean().optional().meta({ description: 'PDF: structure tags for screen readers.' }),
    pdfA: z.boolean().optional().meta({ description: 'PDF/A-2b.' }),
  })
  .meta({ id: 'Layout' });

const locale = z
  .string()
  .max(LIMITS.localeLength, { abort: true })
  .refine(isLocale, 'must be a BCP 47 language tag like "pt-BR"')
  .meta({ format: 'bcp47', examples: ['pt-BR'], description: 'BCP 47.' });
const timeZone = z
  .string()
  .max(LIMITS.timeZoneLength, { abort: true })
  .refine(isTimeZone, 'must be an IANA time zone like "America/Sao_Paulo"')
  .meta({ format: 'iana-time-zone', examples: ['America/Sao_Paulo'], description: 'Of the IANA database.' });

/** What a client posts, once a single table at the top level has been folded into `tables` (see `foldSingleTable`). */
export const requestSchema = z.strictObject({
  format: z.enum(FORMATS),
  title: text(LIMITS.titleLength).min(1),
  subtitle: text(LIMITS.titleLength).optional(),
  fileName: text(LIMITS.titleLength).min(1).optional(),
  locale: locale.default('en-US'),
  timeZone: timeZone.default('UTC'),
  tables: z.array(table).min(1).max(LIMITS.tables),
  layout: layout.default({}),
  reuseWithinSeconds: z.int().min(0).max(LIMITS.reuseSeconds).optional().meta({
    description:
      'An equal request of the same tenant that was accepted less than so long ago is answered with its job. Not together with an `Idempotency-Key`.',
  }),
  validate: z.boolean().optional().meta({
    description: 'Checks the rows and reports faults in `validation`; no file is made.',
  }),
  callbackUrl: z.string().max(2048).optional().meta({
    format: 'uri',
    description: 'Receives a signed POST when the job has ended. HTTPS, on a public address.',
  }),
  reference: text(LIMITS.referenceLength).optional().meta({ description: 'Echoed back.' }),
});

/** A validated request, defaults filled in. */
export type ReportRequest = z.infer<typeof requestSchema> & {
  /** What defined reports were made with, for the head of the file. */
  readonly parameters?: readonly UsedParameter[];
};
export type Column = z.infer<typeof column>;
export type ColumnType = Column['type'];
export type ConditionalFormat = z.infer<typeof conditionalFormat>;
export type Layout = z.infer<typeof layout>;

/** A table without its rows. */
export interface TableSpec {
  readonly name?: string | undefined;
  readonly columns: readonly Column[];
  readonly groupBy?: string | undefined;
}

/** A table of a request: its rows stand in it, or were uploaded beforehand. */
export type RequestTable = InlineTable | DatasetTable | DefinedTable;

export interface InlineTable extends TableSpec {
  readonly rows: readonly unknown[];
  readonly dataset?: undefined;
  readonly report?: undefined;
}

export interface DatasetTable extends Omit<TableSpec, 'columns'> {
  /** Left out: told from the file. */
  readonly columns?: readonly Column[] | undefined;
  readonly rows?: undefined;
  readonly dataset: DatasetRequest;
  readonly report?: undefined;
}

/** A table whose rows come from a report that is defined in code. */
export interface DefinedTable extends TableSpec {
  readonly rows?: undefined;
  readonly dataset?: undefined;
  readonly report: {
    readonly name: string;
    readonly params: Readonly<Record<string, unknown>>;
    /** As the request chose; once it is resolved, they stand in the table. */
    readonly columns?: readonly string[] | undefined;
    /** Of the definition that it was accepted with. */
    readonly version?: number | undefined;
  };
}

/** What a renderer is given: the request without its rows. */
export interface ReportSpec {
  readonly format: Format;
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Shown below the title: what the rows were chosen by. */
  readonly parameters?: readonly UsedParameter[] | undefined;
  readonly locale: string;
  readonly timeZone: string;
  readonly tables: readonly TableSpec[];
  readonly layout: Layout;
}

/**
 * The request as a renderer is given it.
 * @param inferred by table: the columns that a dataset was found to have
 * @throws Error where nobody knows the columns of a table
 */
export function specOf(request: ReportRequest, inferred: readonly (readonly Column[] | undefined)[] = []): ReportSpec {
  const tables = request.tables.map(({ name, groupBy, ...table }, i) => {
    const columns = table.columns ?? inferred[i];
    if (columns === undefined) throw new Error(`The columns of table ${i} are not known.`);
    return { name, groupBy, columns };
  });
  return { ...request, tables };
}

/** A row as the client writes it: by column key, or by position. */
export type RequestRow = { readonly [key: string]: Cell } | readonly Cell[];

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
