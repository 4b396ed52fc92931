import type { ByteSink, RenderContext, Rendered, Row, RowStream } from '../../domain/rendering.ts';
import type { ReportSpec, TableSpec } from '../../domain/request.ts';
import { Pace } from '../pace.ts';
import { readColumns, type TableColumn } from '../table/columns.ts';
import { sampled } from '../table/sample.ts';
import { loadNumberFormats } from '../values/number-format/library.ts';
import { Document } from './document.ts';
import { LibraryNeeded, withLibraries } from './late-library.ts';
import { TablePainter } from './layout/table.ts';
import { setColumns } from './layout/table-columns.ts';

/** Renders a report: title, one section per table, and the file's end. Pages leave as soon as they are full. */
export async function renderPdf(
  report: ReportSpec,
  tables: readonly RowStream[],
  sink: ByteSink,
  context: RenderContext,
): Promise<Rendered> {
  context.signal.throwIfAborted();
  await loadNumberFormats(report.tables);
  const document = new Document(report, sink, context);
  await document.open();
  document.pages.begin();
  await withLibraries(() => document.paintTitle());
  const progress = new Progress(context);
  const pace = new Pace(context.signal);
  for (const [i, table] of report.tables.entries()) {
    await renderTable(document, table, tables[i] as RowStream, { report, progress, pace, first: i === 0 });
  }
  await document.finish();
  return { rows: progress.rows, pages: document.pages.number, warnings: document.warnings.list() };
}

/** Counts rows, reports them, and stops where the job was cancelled. */
class Progress {
  rows = 0;
  readonly #context: RenderContext;

  constructor(context: RenderContext) {
    this.#context = context;
  }

  add(rows: number): void {
    this.#context.signal.throwIfAborted();
    this.rows += rows;
    this.#context.onProgress?.(this.rows);
  }
}

/** The space above a section that does not start a page, in tenths of a point. */
const SECTION_GAP = 220;

async function renderTable(
  document: Document,
  table: TableSpec,
  rows: RowStream,
  { report, progress, pace, first }: { report: ReportSpec; progress: Progress; pace: Pace; first: boolean },
): Promise<void> {
  const { sample, batches } = await sampled(rows);
  const settings = { locale: document.locale, timeZone: report.timeZone, table: table.name ?? report.title };
  const columns = readColumns(table, settings, document.warnings);
  const painter = await withLibraries(() => startTable(document, table, columns, { sample, report, first }));
  for await (const batch of batches) {
    document.expect(progress.rows + batch.length);
    await paintRows(document, painter, batch, pace);
    progress.add(batch.length);
  }
  await withLibraries(() => painter.finish());
  painter.warn(document.warnings);
}

function startTable(
  document: Document,
  table: TableSpec,
  columns: readonly TableColumn[],
  { sample, report, first }: { sample: readonly Row[]; report: ReportSpec; first: boolean },
): TablePainter {
  const { pages, setter, locale, fonts } = document;
  const { left, right, bottom } = pages.geometry;
  const style = { setter, regular: fonts.regular, bold: fonts.bold };
  const set = setColumns(columns, sample, {
    ...style,
    locale,
    left,
    right,
    repeated: report.layout.repeatColumns ?? 1,
    carried: report.layout.carryTotals ?? false,
  });
  if (set.panels.length > 1) warnOfPanels(document, table.name ?? report.title, set.panels.length);
  const painter = new TablePainter(columns, set, {
    ...style,
    pages,
    locale: report.locale,
    rightToLeft: locale.rightToLeft,
    banding: report.layout.banding ?? true,
    groupBy: table.groupBy,
    carryTotals: report.layout.carryTotals ?? false,
  });
  if (report.layout.carryTotals === true && !painter.carries) warnOfCarry(document, table.name ?? report.title);
  const heading = table.name?.trim() ? document.heading(table.name) : undefined;
  if (!first) pages.y -= SECTION_GAP;
  if (pages.y - painter.leastHeight - 400 < bottom) {
    pages.end();
    pages.begin();
  }
  heading?.();
  painter.start();
  return painter;
}

function warnOfPanels({ warnings }: Document, table: string, panels: number): void {
  warnings.add(
    'TABLE_IN_PANELS',
    () => `The table "${table}" is wider than a page: its columns are spread over ${panels} pages.`,
  );
}

function warnOfCarry({ warnings }: Document, table: string): void {
  warnings.add(
    'CARRY_IGNORED',
    () =>
      `The table "${table}" carries nothing over: it has neither a sum nor a count, or its pages have no room for it.`,
  );
}

async function paintRows(document: Document, painter: TablePainter, batch: readonly Row[], pace: Pace): Promise<void> {
  const { file } = document;
  for (const row of batch) {
    try {
      painter.add(row);
    } catch (error) {
      if (!(error instanceof LibraryNeeded)) throw error;
      await error.load();
      await withLibraries(() => painter.add(row));
    }
    do {
      if (file.isFull) await file.flush();
      if (pace.isDue) await pace.turn();
    } while (painter.goOn());
  }
}
