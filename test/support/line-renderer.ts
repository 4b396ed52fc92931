import type { ByteSink, RenderContext, Rendered, Renderer, RowStream } from '../../lambdas/domain/rendering.ts';
import type { ReportSpec } from '../../lambdas/domain/request.ts';

/**
 * A renderer of its own kind: one line of JSON a row, each written by itself, so that a short report has many points
 * where a worker can be interrupted. `pause` runs before each row.
 */
export function lineRenderer(pause: () => Promise<void> = async () => {}): Renderer {
  return { contentType: 'application/x-ndjson', extension: 'xlsx', render: (...call) => render(pause, ...call) };
}

async function render(
  pause: () => Promise<void>,
  _report: ReportSpec,
  tables: readonly RowStream[],
  sink: ByteSink,
  { signal, createdAt, onProgress }: RenderContext,
): Promise<Rendered> {
  let rows = 0;
  await sink.write(Buffer.from(`${createdAt.toISOString()}\n`));
  for (const table of tables) {
    for await (const batch of table) {
      for (const row of batch) {
        await pause();
        signal.throwIfAborted();
        await sink.write(Buffer.from(`${JSON.stringify(row)}\n`));
        rows += 1;
        onProgress?.(rows);
      }
    }
  }
  return { rows, sheets: tables.length, warnings: [] };
}
