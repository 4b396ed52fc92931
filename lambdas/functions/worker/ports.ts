import type { Format } from '../../domain/formats.ts';
import type { Clock, JobTable, Log, Once, ReportStore, RequestStore } from '../../domain/ports.ts';
import type { Renderer, RowSource, RowsContext } from '../../domain/rendering.ts';
import type { RequestTable } from '../../domain/request.ts';

/**
 * Opening a source shows what it knows of its length and its columns; the rows come later, when the renderer asks
 * for them.
 */
export type OpenRows = (table: RequestTable, context: RowsContext, signal: AbortSignal) => Promise<RowSource>;

export interface WorkPorts {
  readonly jobs: JobTable;
  readonly requests: RequestStore;
  readonly reports: ReportStore;
  readonly once: Once;
  readonly clock: Clock;
  readonly log: Log;
  /** Loads the engine of a format, and no other one. */
  readonly rendererOf: (format: Format) => Promise<Renderer>;
  /** Opens the source of one table's rows. */
  readonly openRows: OpenRows;
  /** Between 0 and 1; spreads retries. */
  readonly random: () => number;
}

/** In seconds, except the count. */
export interface WorkSettings {
  readonly maxAttempts: number;
  readonly lease: number;
  readonly backoffBase: number;
  readonly backoffCap: number;
  readonly sweepInterval: number;
  readonly reportRetention: number;
}
