/**
 * `npm run diagrams`: writes docs/diagrams from the sources beside this file. The SVG and draw.io files are made here
 * and a test compares them; the PNG pictures of them need Chromium, and `images.json` says of which SVG each was taken.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../paths.ts';
import { FOLDER, files, RECORD, sha256 } from './files.ts';

const CHROMIUM = process.env.CHROMIUM ?? 'chromium';
/** Pixels of the picture for each of the drawing. */
const SCALE = 2;

const folder = join(ROOT, FOLDER);
mkdirSync(folder, { recursive: true });
const recorded: Record<string, string> = {};
const known = readRecord();
for (const [name, text] of files()) {
  writeFileSync(join(folder, name), text);
  if (!name.endsWith('.svg')) continue;
  const picture = name.replace(/svg$/, 'png');
  const hash = sha256(text);
  if (known[picture] !== hash) photograph(join(folder, name), join(folder, picture), text);
  recorded[picture] = hash;
}
writeFileSync(join(folder, RECORD), `${JSON.stringify(recorded, null, 2)}\n`);

function readRecord(): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(join(folder, RECORD), 'utf8'));
  } catch {
    return {}; // the first time there is none
  }
}

function photograph(from: string, to: string, text: string): void {
  const [, width = '', height = ''] = /width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"/.exec(text) ?? [];
  const own = mkdtempSync(join(tmpdir(), 'quire-diagram-'));
  const page = join(own, 'page.html');
  writeFileSync(page, `<!doctype html><style>body{margin:0}img{display:block}</style><img src="file://${from}">`);
  const size = `--window-size=${Math.ceil(Number(width))},${Math.ceil(Number(height))}`;
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    `--user-data-dir=${own}/profile`,
  ];
  const scale = `--force-device-scale-factor=${SCALE}`;
  execFileSync(CHROMIUM, [...options, scale, size, `--screenshot=${to}`, `file://${page}`], { stdio: 'ignore' });
  rmSync(own, { recursive: true, force: true });
}
