import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const MOST_LINES = 250;
const MOST_PARAMETERS = 4;
/** How a file that is longer begins to say why. */
const REASON = /^\/[/*]+\s*Longer than a file should be: \S/m;
const HEAD_LINES = 3;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('.d.ts'));

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

function isTooLong(source: string): boolean {
  const lines = source.trimEnd().split('\n');
  return lines.length > MOST_LINES && !REASON.test(lines.slice(0, HEAD_LINES).join('\n'));
}

/** The functions of a file that take more than four parameters. */
function crowded(file: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node.parameters.length > MOST_PARAMETERS)
      found.push(`${file}: ${node.getText(tree).slice(0, 60)}`);
    ts.forEachChild(node, visit);
  };
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  visit(tree);
  return found;
}

it('no file is longer than 250 lines without saying why at its head', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => isTooLong(read(file)))).toEqual([]);
});

it('no function of the service takes more than four parameters', () => {
  const sources = files.filter((file) => file.startsWith('lambdas/functions/') || file.startsWith('lambdas/rescue/'));
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap((file) => crowded(file, read(file)))).toEqual([]);
});

it('a file that is too long, and a function that takes too much, are found', () => {
  const long = `${'export const a = 1;\n'.repeat(MOST_LINES)}export const b = 1;\n`;
  expect(isTooLong(long)).toBe(true);
  expect(isTooLong(`// Longer than a file should be: a table, to be read whole.\n${long}`)).toBe(false);
  expect(crowded('a.ts', 'class A { b(a: 1, b: 2, c: 3, d: 4, e: 5) {} }')).toHaveLength(1);
});
