import DrawingXform from 'exceljs/lib/xlsx/xform/drawing/drawing-xform.js';
import type { ReportSpec } from '../../domain/request.ts';
import type { Image } from '../images/image.ts';
import { readLogo } from '../images/logo.ts';
import type { Warnings } from '../table/warnings.ts';
import { relationship, relationshipsPart } from './relationships.ts';
import { RELATIONSHIPS } from './sheet-frame.ts';

/** In pixels at 96 dpi, as spreadsheets count. */
const MAX_HEIGHT = 48;
const MAX_WIDTH = 240;
/** In EMU, from the corner of the sheet. */
const INSET = { nativeCol: 0, nativeColOff: 64_000, nativeRow: 0, nativeRowOff: 42_000 };

/** The logo of a report; warns where it cannot be shown as it should. */
export function logoOf(report: ReportSpec, warnings: Warnings): Image | undefined {
  const image = readLogo(report.layout, warnings);
  if (image?.type === 'jpeg' && image.orientation > 1) {
    warnings.add('LOGO_NOT_TURNED', () => 'The logo is shown as stored: a workbook ignores EXIF data.');
  }
  return image;
}

/** Where the image itself lies in the archive. */
export function mediaPart(logo: Image): string {
  return `xl/media/image1.${logo.type}`;
}

/** The part that places the logo on a sheet, and its relationships. */
export function drawingParts(logo: Image, number: number): [name: string, xml: string][] {
  const drawing = {
    anchors: [{ range: { tl: INSET, ext: logoSize(logo), editAs: 'absolute' }, picture: { rId: 'rId1' } }],
  };
  const xform = new DrawingXform();
  xform.prepare(drawing);
  const target = `../media/image1.${logo.type}`;
  return [
    [`xl/drawings/drawing${number}.xml`, xform.toXml(drawing)],
    [
      `xl/drawings/_rels/drawing${number}.xml.rels`,
      relationshipsPart([relationship('rId1', `${RELATIONSHIPS}/image`, target)]),
    ],
  ];
}

/** The size, in pixels, that fits an image into its row. */
function logoSize({ width, height }: Image): { width: number; height: number } {
  const scale = Math.min(MAX_HEIGHT / height, MAX_WIDTH / width, 1);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
