import { PermanentFailure } from '../../domain/failures.ts';
import type { InferredColumn, Job, Progress } from '../../domain/job.ts';
import { LIMITS } from '../../domain/limits.ts';
import type { RowSource, RowStream, RowsContext, Warning } from '../../domain/rendering.ts';
import { type ReportRequest, type ReportSpec, type RequestTable, specOf } from '../../domain/request.ts';
import type { OpenRows } from './ports.ts';

/** How many characters of inferred columns are reported: they are stored in the row of the job. */
const MAX_TOLD = 20_000;

/** What a reader is made with. */
export interface Opening {
  readonly job: Pick<Job, 'tenant' | 'datasets'>;
  readonly openRows: OpenRows;
  /** Who hears of the bad cells of a table, by its index. */
  readonly listenersOf?: (table: number) => Pick<RowsContext, 'onBadCell' | 'onRefusal'>;
  /** Awaited after each batch. */
  readonly afterBatch?: () => Promise<void>;
}

/** The rows of all tables of a report, counted as they pass. */
export class RowReader {
  /** The request with the columns that its sources were found to have. */
  readonly spec: ReportSpec;
  /** Of `request.tables`, in their order; each to be read once. */
  readonly tables: readonly RowStream[];
  /** `undefined` unless every source knows its own. */
  readonly rowsTotal: number | undefined;
  readonly #sources: readonly RowSource[];
  readonly #afterBatch: (() => Promise<void>) | undefined;
  #rowsRead = 0;

  private constructor(
    request: ReportRequest,
    sources: readonly RowSource[],
    { afterBatch }: Opening,
    signal: AbortSignal,
  ) {
    this.#sources = sources;
    this.#afterBatch = afterBatch;
    this.spec = checked(
      specOf(
        request,
        sources.map(({ columns }) => columns),
      ),
    );
    this.tables = sources.map((source) => this.#counted(source.rows(signal)));
    this.rowsTotal = sumOf(sources.map(({ rowsTotal }) => rowsTotal));
  }

  static async open(request: ReportRequest, opening: Opening, signal: AbortSignal): Promise<RowReader> {
    const { locale, timeZone } = request;
    const { tenant, datasets } = opening.job;
    const context = { tenant, datasets, locale, timeZone };
    const open = (table: RequestTable, index: number) =>
      opening.openRows(table, { ...context, ...opening.listenersOf?.(index) }, signal);
    return new RowReader(request, await Promise.all(request.tables.map(open)), opening, signal);
  }

  /** What the sources had to change or leave as it was; to be asked when all rows are read. */
  warnings(): Warning[] {
    return this.#sources.flatMap((source) => source.warnings?.() ?? []);
  }

  /** By table, the columns that nobody had described; `undefined` where all were, or where they are too many to tell. */
  inferredColumns(): (InferredColumn[] | null)[] | undefined {
    if (this.#sources.every(({ columns }) => columns === undefined)) return undefined;
    const told = this.#sources.map(
      ({ columns }) => columns?.map(({ key, type, label, format }) => ({ key, type, label, format })) ?? null,
    );
    return JSON.stringify(told).length <= MAX_TOLD ? told : undefined;
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
      await this.#afterBatch?.();
      yield batch;
    }
  }
}

/** What the request's own check could not see: the columns were not known then. */
function checked(spec: ReportSpec): ReportSpec {
  for (const { columns, groupBy } of spec.tables) {
    if (groupBy !== undefined && !columns.some(({ key }) => key === groupBy)) {
      throw new PermanentFailure('DATASET_COLUMNS', `The dataset has no column "${groupBy}" to group by.`);
    }
    if (spec.format === 'pdf' && columns.length > LIMITS.pdfColumns) {
      const detail = `The dataset has ${columns.length} columns; a table in a PDF has at most ${LIMITS.pdfColumns}.`;
      throw new PermanentFailure('DATASET_OVER_LIMIT', detail);
    }
  }
  return spec;
}

/** `undefined` when a single one is not known. */
function sumOf(counts: readonly (number | undefined)[]): number | undefined {
  return counts.reduce((sum: number | undefined, count) => add(sum, count), 0);
}

function add(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
