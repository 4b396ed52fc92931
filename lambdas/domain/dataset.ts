import * as z from 'zod';
import { PREFIXES } from '../contract.ts';
import { tenantHash } from './keys.ts';
import { LIMITS } from './limits.ts';

export const DATASET_FORMATS = ['csv', 'ndjson', 'json', 'parquet'] as const;
export const COMPRESSIONS = ['gzip', 'zstd', 'none'] as const;
/** How the text of a CSV may be written. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
/** What may stand between fields. In this order where several would do: a sign that data rarely holds says more. */
export const DELIMITERS = ['\t', ';', '|', ','] as const;

export type Compression = (typeof COMPRESSIONS)[number];
export type Encoding = (typeof ENCODINGS)[number];
export type Delimiter = (typeof DELIMITERS)[number];

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What a member is about, where it is not about every format. */
const ONLY_CSV = ['encoding', 'delimiter', 'quotes', 'header', 'decimal'] as const;
const NOT_PARQUET = ['compression', 'nulls'] as const;

const datasetMembers = z.strictObject({
  id: z.string().regex(UUID_V7, 'must be an id from POST /datasets').meta({ description: 'From POST /datasets.' }),
  format: z.enum(DATASET_FORMATS),
  compression: z.enum(COMPRESSIONS).optional(),
  encoding: z.enum(ENCODINGS).optional().meta({ description: 'CSV. A byte order mark takes precedence.' }),
  delimiter: z.enum(DELIMITERS).optional().meta({ description: 'CSV.' }),
  quotes: z.boolean().optional().meta({ description: 'CSV. `false`: a quote is an ordinary character.' }),
  header: z
    .boolean()
    .optional()
    .meta({ description: 'CSV. `false`: the first record is a row, and fields are matched to columns by position.' }),
  decimal: z
    .enum(['.', ','])
    .optional()
    .meta({ description: 'CSV. The default is that of the locale, or a point if the first cells use one.' }),
  nulls: z
    .array(z.string().min(1).max(LIMITS.labelLength))
    .max(LIMITS.nulls)
    .optional()
    .meta({ description: 'Texts that mean no value, besides the empty text.' }),
  onBadCell: z.enum(['keep', 'fail']).optional().meta({
    description:
      'What happens to a cell that is not a value of the type of its column: it is kept as text, or the job fails.',
  }),
  maxBadCells: z
    .number()
    .min(0)
    .optional()
    .meta({ description: 'Below 1, a share of the filled cells of a column; otherwise a count.' }),
});

/** Rows that were uploaded in advance, and how to read them. What is omitted is inferred from the file. */
export const datasetSchema = datasetMembers.superRefine((dataset, context) => {
  const foreign =
    dataset.format === 'parquet' ? [...ONLY_CSV, ...NOT_PARQUET] : dataset.format === 'csv' ? [] : ONLY_CSV;
  for (const member of foreign) {
    if (dataset[member] === undefined) continue;
    const message = `does not apply to a dataset of format "${dataset.format}"`;
    context.addIssue({ code: 'custom', path: [member], message, params: { code: 'UNKNOWN_MEMBER' } });
  }
});

const CSV_MEMBERS = { encoding: true, delimiter: true, quotes: true, header: true, decimal: true } as const;

/** The same as one form for each format, with no member that says nothing about it: what a client may write. */
export const postedDatasetSchema = z
  .discriminatedUnion('format', [
    datasetMembers.extend({ format: z.literal('csv') }),
    datasetMembers.omit(CSV_MEMBERS).extend({ format: z.enum(['ndjson', 'json']) }),
    datasetMembers.omit({ ...CSV_MEMBERS, compression: true, nulls: true }).extend({ format: z.literal('parquet') }),
  ])
  .meta({ id: 'DatasetSource', description: 'Uploaded rows. What is omitted is inferred from the file.' });

/** What `POST /datasets` takes. */
export const uploadRequestSchema = z
  .strictObject({
    sizeBytes: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'Part of the signature: the link accepts no other size.' }),
  })
  .meta({ id: 'UploadRequest' });

export type DatasetRequest = z.infer<typeof datasetSchema>;

/** How a stored file is to be read. */
export type DatasetSpec = Omit<DatasetRequest, 'id'>;

/** One version of an uploaded file: what a request saw at its acceptance is what its worker reads. */
export interface DatasetVersion {
  readonly etag: string;
  /** Where the bucket keeps versions. */
  readonly versionId?: string | undefined;
  readonly sizeBytes: number;
}

/** A version by the id of its dataset, as it stands in the row of a job. */
export interface AcceptedDataset extends DatasetVersion {
  readonly id: string;
}

/** What stands in the bucket under a dataset's key. */
export interface StoredDataset extends DatasetVersion {
  /** Epoch milliseconds. */
  readonly uploadedAt: number;
}

/** A stored file, of one version. */
export interface StoredBytes {
  readonly sizeBytes: number;
  /** The whole file; every call starts again at its beginning. */
  stream(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** @param end the byte after the last */
  slice(start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** A tenant's datasets lie in a folder of its own, so that a foreign id is an unknown one. */
export function datasetKey(tenant: string, id: string): string {
  return `${PREFIXES.datasets}${tenantHash(tenant)}/${id}`;
}

/** Whether a path segment could be an id that we made. */
export function isDatasetId(text: string): boolean {
  return UUID_V7.test(text);
}

/** Epoch milliseconds: when an id was given out. */
export function givenOutAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
