import { gzipSync } from 'node:zlib';
import type { DatasetContext } from '../../lambdas/datasets/dataset.ts';
import { decompressed } from '../../lambdas/datasets/decompress.ts';
import { type DatasetLimits, DEFAULT_LIMITS } from '../../lambdas/datasets/limits.ts';
import { openDataset } from '../../lambdas/datasets/open-dataset.ts';
import type { DatasetSpec, StoredBytes } from '../../lambdas/domain/dataset.ts';
import type { Row, Warning } from '../../lambdas/domain/rendering.ts';
import type { Column, ColumnType } from '../../lambdas/domain/request.ts';

/** A file in memory, sent in pieces of so many bytes. */
export function stored(bytes: Uint8Array | string, piece = 1 << 16): StoredBytes {
  const all = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return {
    sizeBytes: all.byteLength,
    async *stream() {
      for (let at = 0; at < all.byteLength; at += piece) yield all.subarray(at, at + piece);
    },
    slice: async (start, end) => Uint8Array.from(all.subarray(start, end)),
  };
}

export function gzipped(text: string): Uint8Array {
  return gzipSync(text);
}

/** `columns('a', 'b:number')` */
export function columns(...names: string[]): Column[] {
  return names.map((name) => {
    const [key = '', type = 'text'] = name.split(':');
    return { key, type: type as ColumnType };
  });
}

export interface Reading {
  readonly spec?: Partial<DatasetSpec>;
  readonly columns?: readonly Column[];
  readonly locale?: string;
  readonly timeZone?: string;
  readonly limits?: Partial<DatasetLimits>;
  readonly onBadCell?: DatasetContext['onBadCell'];
}

export function contextOf(reading: Reading): DatasetContext {
  return {
    columns: reading.columns,
    locale: reading.locale ?? 'en-US',
    timeZone: reading.timeZone ?? 'UTC',
    limits: { ...DEFAULT_LIMITS, ...reading.limits },
    unpack: decompressed,
    onBadCell: reading.onBadCell,
  };
}

export interface Read {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly warnings: readonly Warning[];
}

/** Reads a whole file. */
export async function read(
  format: DatasetSpec['format'],
  file: StoredBytes | string | Uint8Array,
  reading: Reading = {},
): Promise<Read> {
  const bytes = typeof file === 'string' || file instanceof Uint8Array ? stored(file) : file;
  const dataset = await openDataset(bytes, { format, ...reading.spec }, contextOf(reading));
  const { signal } = new AbortController();
  const found = await dataset.describe(signal);
  const rows: Row[] = [];
  for await (const batch of dataset.rows(signal)) rows.push(...batch);
  return { columns: found, rows, warnings: dataset.warnings() };
}

/** The code and the detail of what a reading ends with. */
export async function failure(reading: Promise<unknown>): Promise<{ code: unknown; detail: string }> {
  try {
    await reading;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return { code: cause.code, detail: cause.message };
    throw cause;
  }
  throw new Error('It was read to the end.');
}
