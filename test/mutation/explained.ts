import type { Outcome } from './outcomes.ts';

/**
 * Why mutants may live. What is not given fits every mutant; `original` and `replacement` are whole texts, with each run
 * of white space as one blank.
 */
export interface Explanation {
  /** A source, or a folder with a slash at its end. */
  readonly file: string;
  readonly mutator?: string;
  readonly original?: string;
  readonly replacement?: string;
  readonly why: string;
}

export const EXPLANATIONS: readonly Explanation[] = [];

/** The first explanation that fits. */
export function explanationOf(outcome: Outcome): Explanation | undefined {
  return EXPLANATIONS.find((each) => fits(each, outcome));
}

function fits({ file, mutator, original, replacement }: Explanation, outcome: Outcome): boolean {
  if (file.endsWith('/') ? !outcome.file.startsWith(file) : outcome.file !== file) return false;
  if (mutator !== undefined && outcome.mutator !== mutator) return false;
  if (original !== undefined && oneLine(outcome.original) !== original) return false;
  return replacement === undefined || oneLine(outcome.replacement) === replacement;
}

/** A text with each run of white space as one blank. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
