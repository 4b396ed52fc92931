/** What an attribute may hold: what DynamoDB's document model has, without binary and sets. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value | undefined };

/**
 * A condition on one row, as data. It means what the same condition means to DynamoDB: a comparison with an attribute
 * that is absent, or of another type, is false.
 */
export type Condition =
  | { readonly op: 'equal' | 'below'; readonly attribute: string; readonly value: string | number }
  | { readonly op: 'absent' | 'present'; readonly attribute: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] };

/**
 * One conditional update of one row. Written as data so that every write that the state machine allows stands in one
 * pure file (`transitions.ts`), and the table that executes it – DynamoDB or the double in the tests – has no say in it.
 */
export interface Change {
  /** For logs and for the history that tests record. */
  readonly name: string;
  readonly when: Condition;
  readonly set: { readonly [attribute: string]: Value };
  /** Set only where the attribute is absent. */
  readonly setOnce?: { readonly [attribute: string]: Value };
  /** Added to the number that is there. */
  readonly increment?: { readonly [attribute: string]: number };
  readonly remove?: readonly string[];
}

export const equal = (attribute: string, value: string | number): Condition => ({ op: 'equal', attribute, value });
export const below = (attribute: string, value: number): Condition => ({ op: 'below', attribute, value });
export const absent = (attribute: string): Condition => ({ op: 'absent', attribute });
export const present = (attribute: string): Condition => ({ op: 'present', attribute });
export const all = (...of: readonly Condition[]): Condition => ({ op: 'all', of });
export const any = (...of: readonly Condition[]): Condition => ({ op: 'any', of });
