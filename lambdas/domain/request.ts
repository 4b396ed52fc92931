// As a namespace: through the `z` object a bundler keeps all of zod, its forty languages included.
import * as z from 'zod';
import type { Cell } from './cells.ts';
import { CONTENT_TYPES, type Format } from './formats.ts';
import { checkRows } from './rows.ts';

/** The bounds of a request; the API's documentation and the error messages quote these numbers. */
export const LIMITS = {
  titleLength: 200,
  referenceLength: 200,
  tables: 50,
  /** Excel's own limit. */
  columns: 16_384,
  labelLength: 255,
  headerLength: 500,
  logoBase64Length: 256 * 1024,
} as const;

const FORMATS = Object.keys(CONTENT_TYPES) as [Format, ...Format[]];

const COLUMN_TYPES = [
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

const hexColor = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour like "#1f77b4"');

const conditionalFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('colorScale'), colors: z.array(hexColor).min(2).max(3).optional() }),
  z.strictObject({ type: z.literal('dataBar'), color: hexColor.optional() }),
  z.strictObject({
    type: z.literal('iconSet'),
    icons: z.enum(['3TrafficLights', '3Arrows', '3Flags', '5Rating']).optional(),
  }),
  z.strictObject({
    type: z.literal('highlight'),
    operator: z.enum(['greaterThan', 'lessThan', 'equal', 'notEqual', 'between']),
    value: z.union([z.number(), z.string()]),
    /** The upper bound of `between`. */
    value2: z.union([z.number(), z.string()]).optional(),
    style: z.enum(['good', 'bad', 'neutral']).default('bad'),
  }),
]);

const column = z.strictObject({
  key: z.string().min(1).max(LIMITS.labelLength),
  label: z.string().max(LIMITS.labelLength).optional(),
  type: z.enum(COLUMN_TYPES).default('text'),
  /** An Excel number format; overrides the default of the type. */
  format: z.string().min(1).max(255).optional(),
  /** ISO 4217; read for `currency` columns. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like "EUR"')
    .optional(),
  align: z.enum(['left', 'center', 'right']).optional(),
  /** In characters of the body font, as in Excel. */
  width: z.number().min(1).max(255).optional(),
  wrap: z.boolean().optional(),
  total: z.enum(['sum', 'average', 'count', 'min', 'max']).optional(),
  conditionalFormats: z.array(conditionalFormat).max(8).optional(),
});

const rows = z.array(z.unknown());

const table = z
  .strictObject({
    name: z.string().max(LIMITS.titleLength).optional(),
    columns: z.array(column).min(1).max(LIMITS.columns),
    /** A column's key: consecutive rows with the same value form a group with a subtotal. */
    groupBy: z.string().optional(),
    rows,
  })
  .superRefine((value, context) => {
    const keys = new Set<string>();
    value.columns.forEach((c, i) => {
      if (keys.has(c.key))
        context.addIssue({
          code: 'custom',
          path: ['columns', i, 'key'],
          message: `"${c.key}" is already the key of another column`,
        });
      keys.add(c.key);
    });
    if (value.groupBy !== undefined && !keys.has(value.groupBy)) {
      context.addIssue({ code: 'custom', path: ['groupBy'], message: `"${value.groupBy}" is not the key of a column` });
    }
    for (const issue of checkRows(value.rows, keys, value.columns.length)) {
      context.addIssue({ code: 'custom', path: ['rows', ...issue.path], message: issue.message });
    }
  });

const margins = z.strictObject({
  top: z.number().min(0).max(200).optional(),
  right: z.number().min(0).max(200).optional(),
  bottom: z.number().min(0).max(200).optional(),
  left: z.number().min(0).max(200).optional(),
});

const layout = z.strictObject({
  page: z.enum(['A3', 'A4', 'A5', 'Letter', 'Legal']).optional(),
  orientation: z.enum(['portrait', 'landscape']).optional(),
  /** In millimetres. */
  margins: margins.optional(),
  /** Placeholders in header and footer: {page}, {pages}, {title}, {date}. */
  header: z.string().max(LIMITS.headerLength).optional(),
  footer: z.string().max(LIMITS.headerLength).optional(),
  freezeHeader: z.boolean().optional(),
  autoFilter: z.boolean().optional(),
  banding: z.boolean().optional(),
  logo: z
    .strictObject({
      contentType: z.enum(['image/png', 'image/jpeg']),
      base64: z.base64().max(LIMITS.logoBase64Length),
    })
    .optional(),
  /** PDF: structure tags for screen readers. */
  tagged: z.boolean().optional(),
  /** PDF: PDF/A-2b output intent. */
  pdfA: z.boolean().optional(),
});

const locale = z.string().refine(isLocale, 'must be a BCP 47 language tag like "pt-BR"');
const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone like "America/Sao_Paulo"');

/** What a client posts, once a single table at the top level has been folded into `tables` (see `foldSingleTable`). */
export const requestSchema = z.strictObject({
  format: z.enum(FORMATS),
  title: z.string().min(1).max(LIMITS.titleLength),
  subtitle: z.string().max(LIMITS.titleLength).optional(),
  fileName: z.string().min(1).max(LIMITS.titleLength).optional(),
  locale: locale.default('en-US'),
  timeZone: timeZone.default('UTC'),
  tables: z.array(table).min(1).max(LIMITS.tables),
  layout: layout.default({}),
  reference: z.string().max(LIMITS.referenceLength).optional(),
});

/** A validated request, defaults filled in. */
export type ReportRequest = z.infer<typeof requestSchema>;
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

/** What a renderer is given: the request without its rows. */
export interface ReportSpec {
  readonly format: Format;
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly locale: string;
  readonly timeZone: string;
  readonly tables: readonly TableSpec[];
  readonly layout: Layout;
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
