import type { Format } from '../lambdas/domain/formats.ts';
import { parseRequest } from '../lambdas/domain/parse-request.ts';
import type { PostedRequest } from '../lambdas/domain/posted-request.ts';
import type { ByteSink, BytesProgress, Rendered, RowSource } from '../lambdas/domain/rendering.ts';
import { type Column, specOf } from '../lambdas/domain/request.ts';
import { rendererOf } from '../lambdas/renderers/index.ts';
import { RenderFault } from './fault.ts';
import { fileRows, type RowFile } from './file.ts';
import { checkedRows, type Rows } from './rows.ts';

type Posted = Extract<PostedRequest, { readonly columns: unknown; readonly rows: unknown }>;

/** A table: its rows from the program, or from a file. */
export type RenderTable = {
  readonly name?: string | undefined;
  readonly columns?: Posted['columns'] | undefined;
  readonly groupBy?: string | undefined;
} & ({ readonly rows: Rows; readonly file?: undefined } | { readonly file: RowFile; readonly rows?: undefined });

type Common = Pick<Posted, 'title' | 'subtitle' | 'locale' | 'timeZone' | 'layout'>;

/** A report as `POST /generate` takes it, with rows that may come in batches or from a file. */
export type RenderReport = Common & (RenderTable | { readonly tables: readonly RenderTable[] });

export interface RenderOptions {
  /** Stops the work. */
  readonly signal?: AbortSignal | undefined;
  /** Stamped into the file; the same time, the same bytes. Now, where it is left out. */
  readonly createdAt?: Date | undefined;
  readonly onProgress?: ((progress: RenderProgress) => void) | undefined;
}

export interface RenderProgress extends Partial<BytesProgress> {
  readonly rowsWritten: number;
}

/**
 * Renders a report into a sink, in constant memory.
 *
 * @throws RenderFault where the report or a row is not valid, by its place; what a file cannot be read for
 */
export async function render(
  format: Format,
  report: RenderReport,
  sink: ByteSink,
  { signal = new AbortController().signal, createdAt = new Date(), onProgress }: RenderOptions = {},
): Promise<Rendered> {
  const { tables, request } = checkedReport(format, report);
  const sources = await Promise.all(
    tables.map((table, i) => sourceOf(table, request.tables[i]?.columns, request, signal)),
  );
  const spec = specOf(
    request,
    sources.map(({ columns }) => columns),
  );
  const renderer = await rendererOf(format);
  const rendered = await renderer.render(
    spec,
    sources.map((source) => source.rows(signal)),
    sink,
    {
      signal,
      createdAt,
      onProgress: (rowsWritten) => onProgress?.({ rowsWritten, ...sources[0]?.progress?.() }),
    },
  );
  return { ...rendered, warnings: [...sources.flatMap((source) => source.warnings?.() ?? []), ...rendered.warnings] };
}

/** What validates requests of the API validates these as well; the rows are checked as they pass. */
function checkedReport(format: Format, report: RenderReport) {
  const { title, subtitle, locale, timeZone, layout } = report;
  const tables: readonly RenderTable[] = 'tables' in report ? report.tables : [report];
  const json = { format, title, subtitle, locale, timeZone, layout, tables: tables.map(shapeOf) };
  try {
    return { tables, request: parseRequest(JSON.parse(JSON.stringify(json))) };
  } catch (cause) {
    throw new RenderFault((cause as Error).message, { cause });
  }
}

/** An id that stands for a file on this machine. */
const ANY_ID = '00000000-0000-7000-8000-000000000000';

function shapeOf({ name, columns, groupBy, file }: RenderTable): object {
  if (file === undefined) return { name, columns, groupBy, rows: [] };
  return { name, columns, groupBy, dataset: { id: ANY_ID, format: file.format ?? 'csv' } };
}

async function sourceOf(
  table: RenderTable,
  columns: readonly Column[] | undefined,
  context: { readonly locale: string; readonly timeZone: string },
  signal: AbortSignal,
): Promise<RowSource> {
  if (table.file !== undefined) return fileRows(table.file, columns, context, signal);
  return checkedRows(table.rows, columns ?? []);
}
