import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { decompressed } from '../lambdas/datasets/decompress.ts';
import { DEFAULT_LIMITS } from '../lambdas/datasets/limits.ts';
import { openDataset } from '../lambdas/datasets/open-dataset.ts';
import type { Compression, DatasetSpec, StoredBytes } from '../lambdas/domain/dataset.ts';
import type { RowSource, RowsContext } from '../lambdas/domain/rendering.ts';
import type { Column } from '../lambdas/domain/request.ts';
import { RenderFault } from './fault.ts';

/** A file of rows, and how it is to be read; what is left out is told from its name and its bytes. */
export interface RowFile extends Partial<DatasetSpec> {
  readonly path: string;
}

const FORMATS: Readonly<Record<string, DatasetSpec['format']>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'json',
  parquet: 'parquet',
};

/**
 * The format that the name of a file tells of, its packing left aside.
 * @throws RenderFault where it tells of none
 */
export function formatOf(path: string): DatasetSpec['format'] {
  const extension = /\.([^./\\]+)$/.exec(path.toLowerCase().replace(/\.(gz|zst)$/, ''))?.[1] ?? '';
  const format = FORMATS[extension];
  if (format !== undefined) return format;
  throw new RenderFault(`${path}: its name tells no format; say which: csv, ndjson, json or parquet.`);
}

/** Opens a file and reads as much of it as tells its columns. */
export async function fileRows(
  { path, ...given }: RowFile,
  columns: readonly Column[] | undefined,
  { locale, timeZone, onBadCell }: Pick<RowsContext, 'locale' | 'timeZone' | 'onBadCell'>,
  signal: AbortSignal,
): Promise<RowSource> {
  const spec: DatasetSpec = { ...given, format: given.format ?? formatOf(path) };
  const context = { columns, locale, timeZone, onBadCell, limits: DEFAULT_LIMITS, unpack: decompressed };
  const dataset = await openDataset(await fileBytes(path), spec, context);
  await dataset.describe(signal);
  return dataset;
}

async function fileBytes(path: string): Promise<StoredBytes> {
  const { size } = await stat(path);
  return {
    sizeBytes: size,
    stream: (signal) => createReadStream(path, { signal }),
    async slice(start, end) {
      const file = await open(path);
      try {
        const bytes = new Uint8Array(end - start);
        await file.read(bytes, 0, bytes.length, start);
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}

export type { Compression };
