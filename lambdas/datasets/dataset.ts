import type { BytesProgress, RowSource, RowStream, Warning } from '../domain/rendering.ts';
import type { Column } from '../domain/request.ts';
import type { BadCell } from './bad-cells.ts';
import type { ByteMeter, ByteStream } from './bytes.ts';
import type { Compression } from './compression.ts';
import type { Delimiter } from './csv/dialect.ts';
import type { DatasetLimits } from './limits.ts';
import type { Encoding } from './text/encoding.ts';

/** How a stored file is to be read. What is left out is told from the file. */
export interface DatasetSpec {
  readonly format: 'csv' | 'ndjson' | 'json' | 'parquet';
  readonly compression?: Compression | undefined;
  /** CSV. Default UTF-8; a byte order mark decides before it. */
  readonly encoding?: Encoding | undefined;
  /** CSV. */
  readonly delimiter?: Delimiter | undefined;
  /** CSV. `false`: a quote is a character like another. */
  readonly quotes?: boolean | undefined;
  /** CSV. `false`: the first record is a row, and fields belong to columns by position. */
  readonly header?: boolean | undefined;
  /** CSV. Before decimals; default by the locale, or a point where the first cells say so. */
  readonly decimal?: '.' | ',' | undefined;
  /** CSV. Texts that stand for no value, besides the empty one. */
  readonly nulls?: readonly string[] | undefined;
  readonly onBadCell?: 'keep' | 'fail' | undefined;
  /** Below 1 a share of a column's filled cells, else a count. */
  readonly maxBadCells?: number | undefined;
}

/** A stored file, of one version. */
export interface StoredBytes {
  readonly sizeBytes: number;
  /** The whole file from its start, anew at every call. */
  stream(signal: AbortSignal): ByteStream;
  /** @param end the byte after the last */
  slice(start: number, end: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** Unpacks a stream; given from outside, because a browser has another way than Node. */
export type Unpack = (bytes: ByteStream, compression: Compression, meter: ByteMeter) => ByteStream;

export interface DatasetContext {
  /** Left out: told from names and first values, or from the schema of a file that has one. */
  readonly columns?: readonly Column[] | undefined;
  /** BCP 47; texts are read by it. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
  readonly limits: DatasetLimits;
  readonly unpack: Unpack;
  /** Is told of every cell that is no value of its column's type. */
  readonly onBadCell?: ((cell: BadCell) => void) | undefined;
}

/** The rows of a stored file. */
export interface Dataset extends RowSource {
  /** What the columns are; reads as much of the file as that takes. */
  columns(signal: AbortSignal): Promise<readonly Column[]>;
  progress(): BytesProgress;
  rows(signal: AbortSignal): RowStream;
  /** To be asked once all rows are read. */
  warnings(): readonly Warning[];
}
