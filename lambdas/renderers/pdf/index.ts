import { CONTENT_TYPES } from '../../domain/formats.ts';
import type { Renderer } from '../../domain/rendering.ts';
import { renderPdf } from './render.ts';

export const pdfRenderer: Renderer = { contentType: CONTENT_TYPES.pdf, render: renderPdf };
