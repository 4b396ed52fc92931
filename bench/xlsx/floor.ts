import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createInflateRaw } from 'node:zlib';
import { BENCH_FOLDER } from '../folders.ts';

/** Where the XML of the sheet of so many rows lies, for those that only deflate it. */
export function sheetXmlPath(rows: number): string {
  return join(BENCH_FOLDER, `sheet-${rows}.xml`);
}

/** Makes a workbook and takes its sheet's XML out. */
export async function sheetXml(
  rows: number,
  command: (rows: number, file: string) => readonly string[],
): Promise<void> {
  const workbook = join(BENCH_FOLDER, 'floor.xlsx');
  const [program = '', ...args] = command(rows, workbook);
  await promisify(execFile)(program, args);
  const { start } = await locate(workbook, 'xl/worksheets/sheet1.xml');
  // The deflate stream tells itself where it ends; what follows is left unread.
  await pipeline(createReadStream(workbook, { start }), createInflateRaw(), createWriteStream(sheetXmlPath(rows)));
  await rm(workbook);
}

/** Where an entry's data starts, by its local header; entries before it have no such name in them. */
async function locate(archive: string, name: string): Promise<{ start: number }> {
  const file = await open(archive);
  const head = Buffer.alloc(64 * 1024);
  await file.read(head, 0, head.length, 0);
  await file.close();
  const at = head.indexOf(name);
  if (at < 0) throw new Error(`${name} is not where it was expected in ${archive}`);
  return { start: at + name.length + head.readUInt16LE(at - 2) };
}
