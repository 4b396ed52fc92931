import type { Progress } from '../../domain/job.ts';
import type { RowSource, RowStream } from '../../domain/rendering.ts';
import type { ReportRequest } from '../../domain/request.ts';
import type { OpenRows } from './ports.ts';

/** The rows of all tables of a report, counted as they pass. */
export class RowReader {
  /** Of `request.tables`, in their order; each to be read once. */
  readonly tables: readonly RowStream[];
  /** `undefined` unless every source knows its own. */
  readonly rowsTotal: number | undefined;
  readonly #sources: readonly RowSource[];
  #rowsRead = 0;

  private constructor(sources: readonly RowSource[], signal: AbortSignal) {
    this.#sources = sources;
    this.tables = sources.map((source) => this.#counted(source.rows(signal)));
    this.rowsTotal = sumOf(sources.map(({ rowsTotal }) => rowsTotal));
  }

  static async open(request: ReportRequest, openRows: OpenRows, signal: AbortSignal): Promise<RowReader> {
    const sources = await Promise.all(request.tables.map((table) => openRows(table, signal)));
    return new RowReader(sources, signal);
  }

  get rowsRead(): number {
    return this.#rowsRead;
  }

  progress(rowsWritten: number): Progress {
    const bytes = this.#sources.map((source) => source.progress?.());
    return {
      rowsWritten,
      rowsTotal: this.rowsTotal,
      bytesRead: sumOf(bytes.map((known) => known?.bytesRead)),
      bytesTotal: sumOf(bytes.map((known) => known?.bytesTotal)),
    };
  }

  async *#counted(batches: RowStream): RowStream {
    for await (const batch of batches) {
      this.#rowsRead += batch.length;
      yield batch;
    }
  }
}

/** `undefined` when a single one is not known. */
function sumOf(counts: readonly (number | undefined)[]): number | undefined {
  return counts.reduce((sum: number | undefined, count) => add(sum, count), 0);
}

function add(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
