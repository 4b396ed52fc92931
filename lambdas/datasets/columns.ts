import { PermanentFailure } from '../domain/failures.ts';
import type { Column } from '../domain/request.ts';

/**
 * The position of the name that is a column's key or label; exactly, or without regard to case and blanks around it.
 * @param where `header` or `file`: what the names are of
 * @throws PermanentFailure `DATASET_COLUMNS` where there is none, or more than one
 */
export function positionOf({ key, label }: Column, names: readonly string[], where: string): number {
  const exact = names.flatMap((name, i) => (name === key || name === label ? [i] : []));
  const found = exact.length > 0 ? exact : names.flatMap((name, i) => (isAlike(name, key, label) ? [i] : []));
  const [position] = found;
  if (position !== undefined && found.length === 1) return position;
  const what = position === undefined ? 'has no field' : `has ${found.length} fields`;
  throw new PermanentFailure('DATASET_COLUMNS', `The ${where} ${what} for the column "${key}".`);
}

function isAlike(name: string, key: string, label: string | undefined): boolean {
  const plain = name.trim().toLowerCase();
  return plain === key.trim().toLowerCase() || plain === label?.trim().toLowerCase();
}
