import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { FONT, HEADER, PAGE, pagesFor, textRow } from '../../../pdf/table.mjs';
import { printUsage } from '../../../usage.mjs';

/** `pdfkit.mjs ROWS FILE`: text by cell without line breaking, streamed page by page. */
const [rows, file] = [Number(process.argv[2]), process.argv[3]];
const doc = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false });
const output = doc.pipe(createWriteStream(file));
doc.registerFont('body', FONT);
const pages = pagesFor(rows);
const plain = { lineBreak: false };

function line(cells, y) {
  // Its `y` is the upper edge of the text.
  for (let c = 0; c < cells.length; c += 1) doc.text(cells[c], PAGE.columns[c], y - PAGE.fontSize, plain);
}

for (let page = 0; page < pages; page += 1) {
  doc.addPage();
  doc.font('body').fontSize(PAGE.fontSize);
  line(HEADER, PAGE.firstBaseline - PAGE.rowHeight);
  doc.moveTo(PAGE.columns[0], PAGE.firstBaseline).lineTo(PAGE.right, PAGE.firstBaseline).stroke();
  const end = Math.min(rows, (page + 1) * PAGE.rowsPerPage);
  for (let i = page * PAGE.rowsPerPage, y = PAGE.firstBaseline; i < end; i += 1, y += PAGE.rowHeight) {
    line(textRow(i), y);
  }
  doc.text(`Page ${page + 1} of ${pages}`, PAGE.columns[5], PAGE.footer, plain);
  // Its output waits in memory unless it is given a turn now and then.
  if (page % 20 === 0) await new Promise(setImmediate);
}
doc.end();
await finished(output);
printUsage();
