import ExcelJS from 'exceljs';
import { printUsage } from '../../usage.mjs';
import { DATES, HEADER, rowMaker } from '../../xlsx/table.mjs';

/** `exceljs.mjs memory|stream|stream-plain ROWS FILE`; `plain` is without styles, so that dates show as numbers. */
const [way, rows, file] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const makeRow = rowMaker(DATES);

const columns = HEADER.map((header) => ({ header, key: header, width: 14 }));
const plain = way === 'stream-plain';
if (!plain) {
  columns[4].style = { numFmt: 'yyyy-mm-dd' };
  columns[7].style = { numFmt: '#,##0.00' };
}

if (way === 'memory') {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Bench');
  sheet.columns = columns;
  for (let i = 0; i < rows; i += 1) sheet.addRow(makeRow(i));
  await workbook.xlsx.writeFile(file);
} else {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useStyles: !plain });
  const sheet = workbook.addWorksheet('Bench');
  sheet.columns = columns;
  for (let i = 0; i < rows; i += 1) {
    sheet.addRow(makeRow(i)).commit();
    // Without a pause now and then its output stays in memory.
    if (i % 1000 === 0) await new Promise(setImmediate);
  }
  sheet.commit();
  await workbook.commit();
}
printUsage();
