import { PermanentFailure } from '../domain/failures.ts';

/** What a dataset may cost. All of them are settings of the stage; none depends on how patient anybody is. */
export interface DatasetLimits {
  /** After decompression. */
  readonly bytes: number;
  /** Bytes out per byte in, judged once {@link RATIO_FROM} bytes have come out. */
  readonly ratio: number;
  readonly rows: number;
  readonly columns: number;
  /** Of a CSV record, an NDJSON line or an element of a JSON array, in UTF-16 units. */
  readonly recordLength: number;
  /** How deep objects and arrays may lie in each other, the record itself included. */
  readonly jsonDepth: number;
  /** Decoded bytes of one row group of a Parquet file, of the columns that are read. */
  readonly rowGroupBytes: number;
}

const MEBI = 1024 * 1024;

export const DEFAULT_LIMITS: DatasetLimits = {
  bytes: 8 * 1024 * MEBI,
  ratio: 250,
  rows: 20_000_000,
  columns: 16_384,
  recordLength: MEBI,
  jsonDepth: 32,
  rowGroupBytes: 256 * MEBI,
};

/** Small files may be as repetitive as they like: a bomb is one because of what comes out of it. */
export const RATIO_FROM = 64 * MEBI;

/** @param detail names the place, the bound and what was found */
export function overLimit(detail: string): PermanentFailure {
  return new PermanentFailure('DATASET_OVER_LIMIT', detail);
}

/** @param detail names the place by line (and column) or byte, without any value from it */
export function malformed(detail: string, options?: ErrorOptions): PermanentFailure {
  return new PermanentFailure('DATASET_MALFORMED', detail, options);
}
