/**
 * `npm run docs:pdf`: prints the architecture to PDF, in each of its languages. Needs Chromium (`CHROMIUM=…` where it has
 * another name). `docs/pdfs.json` says of which text and pictures each was printed; a test finds one that is out of date.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../paths.ts';
import { fingerprint, html, PRINTED, RECORD } from './print.ts';

const CHROMIUM = process.env.CHROMIUM ?? 'chromium';

const recorded: Record<string, string> = {};
for (const { page, language } of PRINTED) {
  const own = mkdtempSync(join(tmpdir(), 'quire-print-'));
  const source = join(own, 'page.html');
  const target = join(ROOT, page.replace(/md$/, 'pdf'));
  writeFileSync(source, html(readFileSync(join(ROOT, page), 'utf8'), language));
  const options = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${own}/profile`];
  const print = ['--no-pdf-header-footer', '--generate-pdf-document-outline', `--print-to-pdf=${target}`];
  execFileSync(CHROMIUM, [...options, ...print, `file://${source}`], { stdio: 'ignore' });
  rmSync(own, { recursive: true, force: true });
  recorded[page] = fingerprint(page);
}
writeFileSync(join(ROOT, RECORD), `${JSON.stringify(recorded, null, 2)}\n`);
