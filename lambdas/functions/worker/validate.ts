import type { BadCell, ValidationFault } from '../../domain/bad-cells.ts';
import { type PermanentCode, PermanentFailure } from '../../domain/failures.ts';
import type { InferredColumn, ValidatedJob } from '../../domain/job.ts';
import type { ReportRequest } from '../../domain/request.ts';
import type { Attempt } from './attempt.ts';
import { Heartbeat } from './heartbeat.ts';
import { RowReader } from './row-reader.ts';

/** How many faults are reported. */
const FAULTS = 100;

/** What the rows themselves are to blame for. Anything else, such as a dataset that is gone, is no answer about them. */
const ABOUT_ROWS: readonly PermanentCode[] = [
  'DATASET_MALFORMED',
  'DATASET_TRUNCATED',
  'DATASET_ENCODING',
  'DATASET_COMPRESSION',
  'DATASET_COLUMNS',
  'DATASET_OVER_LIMIT',
  'BAD_CELL',
  'TOO_MANY_BAD_CELLS',
];

/** Reads the rows of a request, table by table, and reports what is wrong with them. Nothing is written anywhere. */
export async function validate(attempt: Attempt, request: ReportRequest): Promise<ValidatedJob['validation']> {
  const { job, deadline, ports } = attempt;
  const heartbeat = new Heartbeat(job, ports);
  const signal = AbortSignal.any([deadline, heartbeat.signal]);
  const found = new Faults();
  let rows = 0;
  const inferred: (InferredColumn[] | null)[] = [];
  try {
    for (const [index, table] of request.tables.entries()) {
      const listeners = {
        onBadCell: (cell: BadCell) => found.addCell(index, cell),
        onRefusal: (failure: PermanentFailure) => found.addFailure(index, failure),
      };
      const opening = { job, openRows: ports.openRows, listenersOf: () => listeners };
      try {
        const reader = await RowReader.open({ ...request, tables: [table] }, opening, signal);
        inferred.push(reader.inferredColumns()?.[0] ?? null);
        for await (const batch of reader.tables[0] ?? []) {
          rows += batch.length;
          heartbeat.report({ ...reader.progress(0), rowsTotal: job.rowsTotal });
        }
      } catch (cause) {
        signal.throwIfAborted();
        if (!(cause instanceof PermanentFailure) || !ABOUT_ROWS.includes(cause.code)) throw cause;
        found.addFailure(index, cause);
      }
    }
  } finally {
    await heartbeat.stop();
  }
  return { rows, ...found.told(), ...(inferred.some((columns) => columns !== null) && { inferredColumns: inferred }) };
}

/** What is wrong with the rows of a request. */
class Faults {
  readonly #failures: ValidationFault[] = [];
  readonly #cells: ValidationFault[] = [];
  #count = 0;

  addCell(table: number, { line, column, code }: BadCell): void {
    this.#count += 1;
    if (this.#cells.length < FAULTS) this.#cells.push({ table, line, column, code });
  }

  addFailure(table: number, { code, message }: PermanentFailure): void {
    this.#count += 1;
    this.#failures.push({ table, code, detail: message });
  }

  told() {
    const faults = [...this.#failures, ...this.#cells].slice(0, FAULTS);
    return { passed: this.#failures.length === 0, faultCount: this.#count, faults };
  }
}
