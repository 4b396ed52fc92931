import type { Change, Condition, Value } from '../../../lambdas/domain/change.ts';

/** A row as DynamoDB keeps it: attributes that are there; `undefined` is never one of them. */
export type Item = { readonly [attribute: string]: unknown };

/** DynamoDB's rule: a comparison with an attribute that is absent, or of another type, is false. */
export function holds(condition: Condition, item: Item | undefined): boolean {
  switch (condition.op) {
    case 'equal':
      return item?.[condition.attribute] === condition.value;
    case 'below':
      return isBelow(item?.[condition.attribute], condition.value);
    case 'absent':
      return item?.[condition.attribute] === undefined;
    case 'present':
      return item?.[condition.attribute] !== undefined;
    case 'all':
      return condition.of.every((part) => holds(part, item));
    case 'any':
      return condition.of.some((part) => holds(part, item));
  }
}

function isBelow(stands: unknown, limit: string | number): boolean {
  if (typeof stands === 'number' && typeof limit === 'number') return stands < limit;
  // DynamoDB orders strings by their UTF-8 bytes, JavaScript by UTF-16 units.
  if (typeof stands === 'string' && typeof limit === 'string') return Buffer.compare(bytes(stands), bytes(limit)) < 0;
  return false;
}

const bytes = (text: string) => Buffer.from(text, 'utf8');

/** The row after the change; every expression reads the row as it was before. */
export function applied(change: Change, item: Item): Item {
  const next: Record<string, unknown> = { ...item, ...change.set };
  for (const [name, value] of Object.entries<Value>(change.setOnce ?? {})) next[name] = item[name] ?? value;
  for (const [name, by] of Object.entries(change.increment ?? {})) next[name] = sum(item[name], by, name);
  for (const name of change.remove ?? []) delete next[name];
  return next;
}

/** ADD starts from zero where nothing stands, and refuses what is no number. */
function sum(stands: unknown, by: number, name: string): number {
  if (stands === undefined) return by;
  if (typeof stands !== 'number') throw new Error(`ValidationException: ADD to ${name}, which is no number.`);
  return stands + by;
}

/** A path that two clauses of one expression touch is refused by DynamoDB. */
export function checkOverlap(change: Change): void {
  const parts = [change.set, change.setOnce ?? {}, change.increment ?? {}].flatMap((part) => Object.keys(part));
  const names = [...parts, ...(change.remove ?? [])];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`ValidationException: two document paths overlap: ${twice}`);
}
