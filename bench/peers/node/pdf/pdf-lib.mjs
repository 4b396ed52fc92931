import { readFile, writeFile } from 'node:fs/promises';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument } from 'pdf-lib';
import { FONT, HEADER, PAGE, pagesFor, textRow } from '../../../pdf/table.mjs';
import { printUsage } from '../../../usage.mjs';

/** `pdf-lib.mjs ROWS FILE`: `drawText` by cell. */
const [rows, file] = [Number(process.argv[2]), process.argv[3]];
const doc = await PDFDocument.create();
doc.registerFontkit(fontkit);
const font = await doc.embedFont(await readFile(FONT), { subset: true });
const pages = pagesFor(rows);

for (let n = 0; n < pages; n += 1) {
  const page = doc.addPage([PAGE.width, PAGE.height]);
  page.setFont(font);
  page.setFontSize(PAGE.fontSize);
  line(page, HEADER, PAGE.firstBaseline - PAGE.rowHeight);
  page.drawLine({
    start: { x: PAGE.columns[0], y: PAGE.height - PAGE.firstBaseline + 10 },
    end: { x: PAGE.right, y: PAGE.height - PAGE.firstBaseline + 10 },
  });
  const end = Math.min(rows, (n + 1) * PAGE.rowsPerPage);
  for (let i = n * PAGE.rowsPerPage, y = PAGE.firstBaseline; i < end; i += 1, y += PAGE.rowHeight) {
    line(page, textRow(i), y);
  }
  page.drawText(`Page ${n + 1} of ${pages}`, { x: PAGE.columns[5], y: PAGE.height - PAGE.footer });
}
await writeFile(file, await doc.save());
printUsage();

function line(page, cells, y) {
  for (let c = 0; c < cells.length; c += 1) page.drawText(cells[c], { x: PAGE.columns[c], y: PAGE.height - y });
}
