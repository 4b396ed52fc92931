import type { BadCell } from '../../domain/bad-cells.ts';
import { PermanentFailure } from '../../domain/failures.ts';
import type { ProcessingJob, StagedReport } from '../../domain/job.ts';
import { reportKey } from '../../domain/keys.ts';
import type { ReportUpload } from '../../domain/ports.ts';
import type { Renderer } from '../../domain/rendering.ts';
import type { ReportRequest } from '../../domain/request.ts';
import type { Attempt } from './attempt.ts';
import type { BadCellFile } from './bad-cell-file.ts';
import { Heartbeat } from './heartbeat.ts';
import { MeteredSink } from './metered-sink.ts';
import { RowReader } from './row-reader.ts';

/** Where the bytes of an attempt go. */
export interface Output {
  readonly upload: ReportUpload;
  readonly badCells: BadCellFile;
}

/** Renders the whole file into the upload. The facts of it that come back are not yet those of an object. */
export async function render(
  attempt: Attempt,
  request: ReportRequest,
  renderer: Renderer,
  { upload, badCells }: Output,
): Promise<StagedReport> {
  const { job, deadline, stopwatch, ports } = attempt;
  const sink = new MeteredSink(upload, stopwatch);
  const heartbeat = new Heartbeat(job, ports);
  const signal = AbortSignal.any([deadline, heartbeat.signal]);
  const listenersOf = (table: number) => ({ onBadCell: (cell: BadCell) => badCells.add(table, cell) });
  const opening = { job, openRows: ports.openRows, listenersOf, afterBatch: () => badCells.flush() };
  const reader = await RowReader.open(request, opening, signal);
  const rendered = await renderer
    .render(reader.spec, reader.tables, sink, {
      signal,
      createdAt: new Date(job.createdAt),
      ...(reader.rowsTotal !== undefined && { rowsExpected: reader.rowsTotal }),
      onProgress: (rows) => heartbeat.report(reader.progress(rows)),
    })
    .finally(() => heartbeat.stop());
  assertComplete(rendered.rows, reader, job);
  const { contentType } = renderer;
  const warnings = [...reader.warnings(), ...rendered.warnings];
  const inferredColumns = reader.inferredColumns();
  const bad = await badCells.facts();
  return {
    attempt: job.attempt,
    key: reportKey(job),
    contentType,
    ...sink.facts(),
    ...rendered,
    warnings,
    ...(inferredColumns !== undefined && { inferredColumns }),
    ...(bad !== undefined && { badCells: bad }),
  };
}

/** Every row that there is was read, and every row that was read was written: no file is committed that lacks one. */
function assertComplete(written: number, { rowsRead, rowsTotal }: RowReader, job: ProcessingJob): void {
  const announced = [rowsTotal, job.rowsTotal].filter((known) => known !== undefined);
  if (written === rowsRead && announced.every((total) => total === rowsRead)) return;
  const detail = `${written} of ${announced[0] ?? rowsRead} rows were written to the file.`;
  throw new PermanentFailure('ROWS_MISCOUNTED', detail);
}
