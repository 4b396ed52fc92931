import type { Renderer } from '../renderer.ts';
import { renderPdf } from './render.ts';

export const pdfRenderer: Renderer = { contentType: 'application/pdf', extension: 'pdf', render: renderPdf };
