import { writeFileSync } from 'node:fs';
import XLSX from 'xlsx';
import { printUsage } from '../../usage.mjs';
import { DATES, HEADER, rowMaker } from '../../xlsx/table.mjs';

/** `sheetjs.mjs ROWS FILE`. */
const [rows, file] = [Number(process.argv[2]), process.argv[3]];
const makeRow = rowMaker(DATES);
const data = [HEADER, ...Array.from({ length: rows }, (_, i) => makeRow(i))];
const sheet = XLSX.utils.aoa_to_sheet(data, { dense: true, cellDates: true, dateNF: 'yyyy-mm-dd' });
for (const row of (sheet['!data'] ?? sheet).slice(1)) row[7].z = '#,##0.00';
const workbook = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(workbook, sheet, 'Bench');
writeFileSync(file, XLSX.write(workbook, { type: 'buffer', bookType: 'xlsx', compression: true }));
printUsage();
