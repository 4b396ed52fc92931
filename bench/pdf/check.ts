import { spawn } from 'node:child_process';
import type { Contestant } from '../harness.ts';

/** Every row has one name, the row's number behind it. */
const NAME = /(?:Müller|Łukasiewicz|Özdemir|Иванова|Παπαδόπουλος|Nguyễn|García|O’Brien|Søndergaard|Smith) (\d+)\b/gu;
/** Names that a reader gives in parts, as letter and accent. */
const FORM = 'NFC';
/** The last row's city, which everybody sets as it is. */
const CITIES = ['São Paulo', 'Zürich', 'Київ', 'Αθήνα', 'Kraków', 'London', 'Reykjavík', 'New York'];

/**
 * Reads a document with poppler: every row must be there once, and the last one with its city.
 * @returns "text to copy" where the document shows letters without saying which they are
 * @throws Error when it does not open, or rows are missing
 */
export async function checkDocument(_contestant: Contestant, rows: number, file: string): Promise<string[]> {
  const ids = new Set<number>();
  let end = '';
  await pdfText(file, (text) => {
    for (const match of text.normalize(FORM).matchAll(NAME)) ids.add(Number(match[1]));
    end = text.trim() === '' ? end : text;
  });
  if (ids.size === 0) return await withoutText(file, rows);
  if (ids.size !== rows || !ids.has(1) || !ids.has(rows))
    throw new Error(`${ids.size} rows where there should be ${rows}`);
  const city = CITIES[(rows - 1) % CITIES.length] as string;
  if (!end.normalize(FORM).includes(city)) throw new Error(`the last page does not have ${city}`);
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
