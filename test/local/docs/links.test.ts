import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Outline, outline } from '../../../local/docs/markdown.ts';
import { ROOT } from '../../../local/paths.ts';

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' });
const pages = listed.split('\n').filter((name) => name !== '' && existsSync(join(ROOT, name)));

const outlines = new Map<string, Outline>();
function outlineOf(page: string): Outline {
  const known = outlines.get(page) ?? outline(readFileSync(join(ROOT, page), 'utf8'));
  outlines.set(page, known);
  return known;
}

/** The links of a page that lead nowhere in this repository. */
function broken(page: string, { links }: Outline): string[] {
  return links.filter((link) => {
    if (/^[a-z]+:/i.test(link)) return false; // what is elsewhere is not ours to keep
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), decodeURIComponent(path)));
    if (path !== '' && (target.startsWith('..') || !existsSync(join(ROOT, target)))) return true;
    return anchor !== undefined && !(target.endsWith('.md') && outlineOf(target).anchors.has(anchor));
  });
}

describe('links between the documents', () => {
  it.each(pages)('%s leads to files and headings that are there', (page) => {
    expect(broken(page, outlineOf(page))).toEqual([]);
  });

  it('there are many', () => {
    expect(pages.flatMap((page) => outlineOf(page).links).length).toBeGreaterThan(200);
  });

  it('a file that is gone, a heading that has another name and a way out of the repository are found', () => {
    const text =
      '# One `x`, two!\n\n[a](gone.md) [b](#one-x-two) [c](#no) [d](../../etc) | ![e](no.png)\n\n`[f](code.md)`';
    const page = outline(text);
    expect(page.anchors).toEqual(new Set(['one-x-two']));
    outlines.set('docs/test.md', page);
    expect(broken('docs/test.md', page)).toEqual(['gone.md', '#no', '../../etc', 'no.png']);
  });
});
