import type { Form, TypeDefinition } from '../table/types/definition.ts';

/** What a cell becomes. Small integers, because the hot loop over cells compares them. */
export const TEXT = 0;
export const NUMERIC = 1;
export const TRUTH = 2;
export const TIME = 3;
export const DURATION = 4;
export const LINK = 5;
/** A number that its parser may refuse. */
const CHECKED_NUMBER = 6;

const KINDS: Record<Form, number> = {
  text: TEXT,
  link: LINK,
  number: NUMERIC,
  truth: TRUTH,
  time: TIME,
  duration: DURATION,
};

/** What the cells of a type become. */
export function kindOf({ form, anyNumber }: TypeDefinition): number {
  return form === 'number' && !anyNumber ? CHECKED_NUMBER : KINDS[form];
}
