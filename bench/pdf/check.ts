import { spawn } from 'node:child_process';
import type { Contestant } from '../harness.ts';

/** What tells the rows of a table apart in its text. */
interface Marks {
  /** In every row once; its group is the row's number, counted from 1. */
  readonly row: RegExp;
  /** What the last row of so many holds. */
  readonly last: (rows: number) => string;
}

const CITIES = ['São Paulo', 'Zürich', 'Київ', 'Αθήνα', 'Kraków', 'London', 'Reykjavík', 'New York'];
const ORDERS: Marks = {
  row: /(?:Müller|Łukasiewicz|Özdemir|Иванова|Παπαδόπουλος|Nguyễn|García|O’Brien|Søndergaard|Smith) (\d+)\b/gu,
  last: (rows) => CITIES[(rows - 1) % CITIES.length] ?? '',
};
const DATASET: Marks = { row: /Customer (\d+)\b/gu, last: (rows) => `note № ${rows - 1} – ok` };
/** A reader may give letter and accent apart. */
const FORM = 'NFC';

/**
 * Reads a document with poppler: every row must be there, and the last one whole.
 * @returns "text to copy" where the document shows letters without saying which they are
 * @throws Error when it does not open, or rows are missing
 */
export function checkDocument(_: Contestant, rows: number, file: string): Promise<string[]> {
  return checkMarks(ORDERS, rows, file);
}

/** The same of what was made of a dataset. */
export function checkDatasetDocument(_: Contestant, rows: number, file: string): Promise<string[]> {
  return checkMarks(DATASET, rows, file);
}

async function checkMarks(marks: Marks, rows: number, file: string): Promise<string[]> {
  const ids = new Set<number>();
  let end = '';
  await pdfText(file, (page) => {
    const text = page.normalize(FORM);
    for (const match of text.matchAll(marks.row)) ids.add(Number(match[1]));
    if (text.trim() !== '') end = text;
  });
  if (ids.size === 0) return await withoutText(file, rows);
  if (ids.size !== rows || !ids.has(1) || !ids.has(rows))
    throw new Error(`${ids.size} rows where there should be ${rows}`);
  if (!end.includes(marks.last(rows))) throw new Error(`the last page does not have ${marks.last(rows)}`);
  return [];
}

/** Its pages can still be counted: at least as many as rows of 10 points need. */
async function withoutText(file: string, rows: number): Promise<string[]> {
  const pages = Number(/Pages:\s+(\d+)/.exec(await output('pdfinfo', [file]))?.[1] ?? 0);
  if (pages < rows / 80) throw new Error(`${pages} pages cannot hold ${rows} rows`);
  return ['text to copy'];
}

/** Gives the text page by page. */
async function pdfText(file: string, onPage: (text: string) => void): Promise<void> {
  let rest = '';
  await output('pdftotext', ['-layout', file, '-'], (chunk) => {
    const pages = (rest + chunk).split('\f');
    rest = pages.pop() ?? '';
    for (const page of pages) onPage(page);
  });
  onPage(rest);
}

async function output(program: string, args: readonly string[], onChunk?: (chunk: string) => void): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (onChunk === undefined) all += chunk;
    else onChunk(chunk);
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', () => reject(new Error(`${program} is not installed, so that nothing can be checked`)));
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} does not open it`);
  return all;
}
