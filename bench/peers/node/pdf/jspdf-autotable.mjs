import { readFileSync, writeFileSync } from 'node:fs';
import { jsPDF } from 'jspdf';
import { autoTable } from 'jspdf-autotable';
import { FONT, HEADER, textRow } from '../../../pdf/table.mjs';
import { printUsage } from '../../../usage.mjs';

/** `jspdf-autotable.mjs ROWS FILE`: its table of fixed widths, compressed. */
const [rows, file] = [Number(process.argv[2]), process.argv[3]];
const doc = new jsPDF({ unit: 'pt', format: 'a4', compress: true, putOnlyUsedFonts: true });
doc.addFileToVFS('NotoSans.ttf', readFileSync(FONT, 'base64'));
doc.addFont('NotoSans.ttf', 'Noto', 'normal', undefined, 'Identity-H');
doc.setFont('Noto', 'normal');
const TOTAL = '{pages}';
const widths = [50, 145, 100, 70, 60, 80];
autoTable(doc, {
  head: [HEADER],
  body: Array.from({ length: rows }, (_, i) => textRow(i)),
  styles: { font: 'Noto', fontStyle: 'normal', fontSize: 9, cellPadding: 2 },
  columnStyles: Object.fromEntries(
    widths.map((cellWidth, i) => [i, { cellWidth, halign: [0, 4, 5].includes(i) ? 'right' : 'left' }]),
  ),
  margin: 42,
  didDrawPage: ({ pageNumber }) => doc.text(`Page ${pageNumber} of ${TOTAL}`, 470, 815),
});
doc.putTotalPages(TOTAL);
writeFileSync(file, Buffer.from(doc.output('arraybuffer')));
printUsage();
