import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** What the columns of the table are; `check.py` has the same rules for what stands in them. */
export const COLUMNS = [
  { key: 'id', label: 'Id', type: 'integer' },
  { key: 'region', label: 'Region' },
  { key: 'customer', label: 'Customer' },
  { key: 'day', label: 'Day', type: 'date' },
  { key: 'quantity', label: 'Quantity', type: 'integer' },
  { key: 'price', label: 'Price', type: 'number', format: '#,##0.00' },
  { key: 'total', label: 'Total', type: 'currency', currency: 'EUR' },
  { key: 'share', label: 'Share', type: 'percent' },
  { key: 'paid', label: 'Paid', type: 'boolean' },
  { key: 'note', label: 'Note' },
] as const;

const REGIONS = ['North', 'East', 'South', 'West'];
const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const LINES = 10_000;

function line(i: number): string {
  const day = new Date(FIRST_DAY + (i % 365) * DAY).toISOString().slice(0, 10);
  const price = ((i % 9973) / 100).toFixed(2);
  const total = (((i % 9973) * (i % 97)) / 100).toFixed(2);
  const note = i % 4 === 0 ? `"Naïve, ""quoted"" n${i}."` : `n${i}.`;
  return `${i},${REGIONS[i % 4]},Customer ${i % 1000},${day},${i % 97},${price},${total},${(i % 101) / 100},${i % 2 === 0},${note}\n`;
}

function* text(rows: number): Generator<string> {
  yield `${COLUMNS.map(({ label }) => label).join(',')}\n`;
  for (let from = 0; from < rows; from += LINES) {
    let lines = '';
    for (let i = from; i < Math.min(rows, from + LINES); i += 1) lines += line(i);
    yield lines;
  }
}

/** Writes a gzipped CSV of so many rows. */
export async function writeRows(rows: number, path: string): Promise<void> {
  await pipeline(Readable.from(text(rows)), createGzip({ level: 1 }), createWriteStream(path));
}
