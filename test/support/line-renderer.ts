import type { ByteSink, RenderContext, Rendered, Renderer, RowStream } from '../../lambdas/domain/rendering.ts';
import type { ReportSpec } from '../../lambdas/domain/request.ts';

/** Runs before each row; what it throws, the renderer throws. A skipped row is missing in the file. */
export type BeforeRow = (report: ReportSpec, row: number) => Promise<'write' | 'skip'>;

/**
 * A renderer of its own kind: one line of JSON a row, each written by itself, so that a short report has many points
 * where a worker can be interrupted.
 */
export function lineRenderer(beforeRow: BeforeRow = async () => 'write'): Renderer {
  return { contentType: 'application/x-ndjson', render: (...call) => render(beforeRow, ...call) };
}

async function render(
  beforeRow: BeforeRow,
  report: ReportSpec,
  tables: readonly RowStream[],
  sink: ByteSink,
  { signal, createdAt, onProgress }: RenderContext,
): Promise<Rendered> {
  let rows = 0;
  await sink.write(Buffer.from(`${createdAt.toISOString()}\n`));
  for (const table of tables) {
    for await (const batch of table) {
      for (const row of batch) {
        const told = await beforeRow(report, rows);
        signal.throwIfAborted();
        if (told === 'skip') continue;
        await sink.write(Buffer.from(`${JSON.stringify(row)}\n`));
        rows += 1;
        onProgress?.(rows);
      }
    }
  }
  return { rows, sheets: tables.length, warnings: [] };
}
