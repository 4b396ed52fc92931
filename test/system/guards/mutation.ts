import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Plugin } from 'vitest/config';
import type { Edit } from './guards.ts';

/** A source text, with the edits of one file. @throws Error when a text does not stand there exactly once. */
function edited(code: string, edits: readonly Edit[]): string {
  return edits.reduce((text, { file, find, replace }) => {
    const [before, ...after] = text.split(find);
    if (before === undefined || after.length !== 1) throw new Error(`${file} holds ${after.length} times: ${find}`);
    return `${before}${replace}${after[0]}`;
  }, code);
}

/** @throws Error when some text is not what it was when the mutant was written. */
export function assertApplicable(edits: readonly Edit[]): void {
  for (const file of new Set(edits.map((edit) => edit.file))) {
    edited(
      readFileSync(file, 'utf8'),
      edits.filter((edit) => edit.file === file),
    );
  }
}

/** Hands the tests another source than the one on the disk, on which nothing is written. */
export function mutation(edits: readonly Edit[]): Plugin & { readonly applied: ReadonlySet<string> } {
  const applied = new Set<string>();
  return {
    name: 'mutation',
    enforce: 'pre',
    applied,
    transform(code, id) {
      const file = relative(process.cwd(), id.split('?')[0] ?? '');
      const own = edits.filter((edit) => edit.file === file);
      if (own.length === 0) return undefined;
      applied.add(file);
      return edited(code, own);
    },
  };
}
