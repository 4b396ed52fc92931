import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeXlsxStream } from 'hucre/xlsx';
import { printUsage } from '../../usage.mjs';
import { DATES, HEADER, rowMaker } from '../../xlsx/table.mjs';

/** `hucre.mjs ROWS FILE`, by its writer of constant memory. */
const [rows, file] = [Number(process.argv[2]), process.argv[3]];
const makeRow = rowMaker(DATES);

function* allRows() {
  for (let i = 0; i < rows; i += 1) yield makeRow(i);
}

const columns = HEADER.map((header) => ({ header }));
columns[4].numFmt = 'yyyy-mm-dd';
columns[7].numFmt = '#,##0.00';
const stream = writeXlsxStream(allRows(), { name: 'Bench', columns });
await pipeline(Readable.fromWeb(stream), createWriteStream(file));
printUsage();
