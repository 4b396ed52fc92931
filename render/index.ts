/** `quire/render`: the engines alone. Rows in, stream out; no service, no account. */
import type { Format } from '../lambdas/domain/formats.ts';
import type { Rendered } from '../lambdas/domain/rendering.ts';
import { type RenderOptions, type RenderReport, render } from './engine.ts';

export type { RenderOptions, RenderProgress, RenderReport, RenderTable } from './engine.ts';
export { render } from './engine.ts';
export { RenderFault } from './fault.ts';
export type { RowFile } from './file.ts';
export type { Rows } from './rows.ts';

/** A file that is being written. */
export interface RenderedFile {
  /** Its bytes. The engine goes no faster than they are read. */
  readonly body: ReadableStream<Uint8Array>;
  /** Rows, pages or sheets, and what was changed to make a valid file; there once the last byte is. */
  readonly facts: Promise<Rendered>;
}

/** An Excel workbook. */
export function renderXlsx(report: RenderReport, options?: RenderOptions): RenderedFile {
  return renderFile('xlsx', report, options);
}

/** A PDF. */
export function renderPdf(report: RenderReport, options?: RenderOptions): RenderedFile {
  return renderFile('pdf', report, options);
}

function renderFile(format: Format, report: RenderReport, options?: RenderOptions): RenderedFile {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const facts = (async () => {
    try {
      const rendered = await render(format, report, { write: (chunk) => writer.write(chunk) }, options);
      await writer.close();
      return rendered;
    } catch (error) {
      await writer.abort(error);
      throw error;
    }
  })();
  // Whoever reads the body alone hears of the failure there.
  facts.catch(() => {});
  return { body: readable, facts };
}
