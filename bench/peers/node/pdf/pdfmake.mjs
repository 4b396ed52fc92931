import { writeFile } from 'node:fs/promises';
import pdfmake from 'pdfmake';
import { FONT, HEADER, textRow } from '../../../pdf/table.mjs';
import { printUsage } from '../../../usage.mjs';

/** `pdfmake.mjs ROWS FILE`: its table of fixed widths. */
const [rows, file] = [Number(process.argv[2]), process.argv[3]];
pdfmake.addFonts({ Noto: { normal: FONT } });
pdfmake.setLocalAccessPolicy(() => true);
pdfmake.setUrlAccessPolicy(() => false);
const right = (text) => ({ text, alignment: 'right' });
const body = [HEADER];
for (let i = 0; i < rows; i += 1) {
  const [id, customer, city, date, quantity, amount] = textRow(i);
  body.push([right(id), customer, city, date, right(quantity), right(amount)]);
}
const pdf = pdfmake.createPdf({
  pageSize: 'A4',
  pageMargins: [42, 42, 42, 42],
  defaultStyle: { font: 'Noto', fontSize: 9 },
  footer: (page, pages) => ({ text: `Page ${page} of ${pages}`, alignment: 'right', margin: [0, 8, 42, 0] }),
  content: [{ table: { headerRows: 1, widths: [45, 130, 90, 60, 50, 60], body }, layout: 'lightHorizontalLines' }],
});
await writeFile(file, await pdf.getBuffer());
printUsage();
