import type { Compression } from '../domain/dataset.ts';
import type { BytesProgress, RowSource, RowStream, Warning } from '../domain/rendering.ts';
import type { Column } from '../domain/request.ts';
import type { BadCellListeners } from './bad-cells.ts';
import type { ByteMeter, ByteStream } from './bytes.ts';
import type { DatasetLimits } from './limits.ts';

/** Unpacks a stream; given from outside, because a browser has another way than Node. */
export type Unpack = (bytes: ByteStream, compression: Compression, meter: ByteMeter) => ByteStream;

export interface DatasetContext extends BadCellListeners {
  /** Left out: told from names and first values, or from the schema of a file that has one. */
  readonly columns?: readonly Column[] | undefined;
  /** BCP 47; texts are read by it. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
  readonly limits: DatasetLimits;
  readonly unpack: Unpack;
}

/** The rows of a stored file. */
export interface Dataset extends RowSource {
  /** What the columns are; reads as much of the file as that takes. */
  describe(signal: AbortSignal): Promise<readonly Column[]>;
  progress(): BytesProgress;
  rows(signal: AbortSignal): RowStream;
  /** To be asked once all rows are read. */
  warnings(): readonly Warning[];
}
