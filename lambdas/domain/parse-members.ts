import type * as z from 'zod';
import { type Issue, invalidRequest } from './issues.ts';

/**
 * A body of a few members, held against its schema.
 * @throws Problem `INVALID_REQUEST` that names every member that is wrong
 */
export function parseMembers<Schema extends z.ZodObject>(schema: Schema, json: unknown): z.infer<Schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues.flatMap(issuesOf));
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, code: 'INVALID_VALUE', message: issue.message }];
  return issue.keys.map((key) => ({ path: [key], code: 'UNKNOWN_MEMBER', message: 'is not a known member' }));
}
