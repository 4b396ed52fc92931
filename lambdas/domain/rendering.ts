import type { BadCell } from './bad-cells.ts';
import type { Cell } from './cells.ts';
import type { AcceptedDataset } from './dataset.ts';
import type { PermanentFailure } from './failures.ts';
import type { Column, ReportSpec } from './request.ts';

/** One row: its cells in the order of the table's columns. A missing cell is `null`. */
export type Row = readonly Cell[];

/**
 * The rows of one table, as batches. A batch, not a row, is the unit of the async stream, because one `await` per row
 * costs as much as writing the row.
 */
export type RowStream = AsyncIterable<readonly Row[]>;

/** Where the rows of one table come from. */
export interface RowSource {
  /** How many rows will come, where that is known before they are read. */
  readonly rowsTotal?: number | undefined;
  /** What the columns are, where the request left that to the source. */
  readonly columns?: readonly Column[] | undefined;
  /** What had to be changed or left as it was while reading; to be asked when all rows are read. */
  warnings?(): readonly Warning[];
  /** How far the reading is, where the source is a file. */
  progress?(): BytesProgress;
  /**
   * The rows, to be read once, from the first to the last.
   * @param signal stops the reading: the stream rejects with `signal.reason`.
   * @throws PermanentFailure where the content cannot become rows.
   */
  rows(signal: AbortSignal): RowStream;
}

/** What rows are opened for. */
export interface RowsContext {
  readonly tenant: string;
  /** The versions of uploaded rows that the request was accepted with. */
  readonly datasets?: readonly AcceptedDataset[] | undefined;
  /** BCP 47; texts are read by it. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
  /** Called for every cell that is not a value of its column's type. */
  readonly onBadCell?: ((cell: BadCell) => void) | undefined;
  /** In a dry run: called with bad cells that would end the job; the rows continue. */
  readonly onRefusal?: ((failure: PermanentFailure) => void) | undefined;
}

/** Bytes of the source as it is stored, before anything is unpacked. */
export interface BytesProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/**
 * Where the bytes go. The promise of `write` settles when the sink has room for more, so a renderer that awaits it is
 * slowed down to the pace of the upload. The chunk belongs to the sink from then on: it must not be written to again.
 */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void>;
}

/** What a renderer is given besides the report itself. */
export interface RenderContext {
  /** Stops the work: the renderer rejects with `signal.reason` at the next batch of rows or the next write. */
  readonly signal: AbortSignal;
  /** The time stamped into the file: the job's creation, so that the same job gives the same bytes. */
  readonly createdAt: Date;
  /** How many rows all tables will have together, where that is known in advance. */
  readonly rowsExpected?: number;
  /** Called now and then with the rows written so far, over all tables. */
  readonly onProgress?: (rowsWritten: number) => void;
}

/** Something that was changed to make a valid file, told to the client in `report.warnings`. */
export interface Warning {
  readonly code: string;
  readonly detail: string;
  /** The number of occurrences; the detail describes the first. */
  readonly count: number;
}

/** The facts of a finished file. */
export interface Rendered {
  /** Data rows written, over all tables; compared with the rows read before the job may be `done`. */
  readonly rows: number;
  readonly sheets?: number;
  readonly pages?: number;
  readonly warnings: readonly Warning[];
}

/** Rows in, file out, in constant memory. Knows no AWS; a new format is one such object. */
export interface Renderer {
  readonly contentType: string;
  /**
   * Writes the whole file to `sink`. `tables[i]` gives the rows of `report.tables[i]`; each is read once, in order.
   * @throws `signal.reason` when cancelled, a `PermanentFailure` where the rows cannot become this format, and whatever
   * the row stream or the sink throw.
   */
  render(report: ReportSpec, tables: readonly RowStream[], sink: ByteSink, context: RenderContext): Promise<Rendered>;
}
