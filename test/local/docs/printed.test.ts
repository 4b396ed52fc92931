import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprint, html, PRINTED, RECORD } from '../../../local/docs/print.ts';
import { ROOT } from '../../../local/paths.ts';

const MOST_BYTES = 2 * 1024 * 1024;

it.each(PRINTED)(
  'the PDF of $page was printed from it and its pictures; `npm run docs:pdf` prints it anew',
  ({ page }) => {
    expect(JSON.parse(readFileSync(join(ROOT, RECORD), 'utf8'))[page]).toBe(fingerprint(page));
    const pdf = readFileSync(join(ROOT, page.replace(/md$/, 'pdf')));
    expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(MOST_BYTES);
  },
);

it('printed headings keep their ids, and links to other files lose theirs', () => {
  const page = html('## In one page\n\n[here](#in-one-page) [there](limits.md)', 'en');
  expect(page).toContain('<h2 id="in-one-page">');
  expect(page).toContain('<a href="#in-one-page">here</a> <a>there</a>');
});
