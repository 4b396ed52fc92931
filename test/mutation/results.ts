import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ROOT, STATE } from '../../local/paths.ts';
import type { Outcome, Results } from './outcomes.ts';

const RESULTS = `${STATE}/mutation.json`;

/** What is known from earlier runs. */
export function keptResults(): Results {
  return existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : { outcomes: [] };
}

/** Keeps what became of these files' mutants, and what was known of all others. */
export function keepResults(before: Results, files: readonly string[], outcomes: readonly Outcome[]): void {
  const mutated = new Set(files);
  const others = before.outcomes.filter(({ file }) => !mutated.has(file));
  const all = [...others, ...outcomes].sort(inSourceOrder);
  writeFileSync(RESULTS, `${JSON.stringify({ outcomes: all } satisfies Results, undefined, 1)}\n`);
}

/** The commit that is checked out; with a `+` where sources or tests were changed since. */
export function commitOfTree(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', 'lambdas', 'test');
  return `${git('rev-parse', '--short=10', 'HEAD')}${changed === '' ? '' : '+'}`;
}

function inSourceOrder(a: Outcome, b: Outcome): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || Number(a.id) - Number(b.id);
}
