import type { Format } from '../domain/formats.ts';
import type { Renderer } from '../domain/rendering.ts';

/** A new format is one renderer and one line. Each is loaded when it is first needed: a PDF never pays for exceljs. */
const RENDERERS: Record<Format, () => Promise<Renderer>> = {
  xlsx: async () => (await import('./xlsx/index.ts')).xlsxRenderer,
  pdf: async () => (await import('./pdf/index.ts')).pdfRenderer,
};

export function rendererOf(format: Format): Promise<Renderer> {
  return RENDERERS[format]();
}
