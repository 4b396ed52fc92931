import writeExcelFile from 'write-excel-file/node';
import { printUsage } from '../../usage.mjs';
import { DATES, HEADER, rowMaker } from '../../xlsx/table.mjs';

/** `write-excel-file.mjs ROWS FILE`. */
const [rows, file] = [Number(process.argv[2]), process.argv[3]];
const makeRow = rowMaker(DATES);
const data = [HEADER];
for (let i = 0; i < rows; i += 1) {
  const row = makeRow(i);
  row[4] = { value: row[4], type: Date, format: 'yyyy-mm-dd' };
  row[7] = { value: row[7], type: Number, format: '#,##0.00' };
  data.push(row);
}
await writeExcelFile(data).toFile(file);
printUsage();
