import type * as z from 'zod';
import type { Fault } from './answers.ts';
import { Problem } from './problems.ts';
import { type ReportRequest, requestSchema } from './request.ts';

const MAX_FAULTS = 20;

/** What may stand at the top level instead of inside `tables`, for a report of one table. */
const TABLE_KEYS = ['columns', 'rows', 'groupBy'] as const;

/**
 * Validates a request and fills its defaults in.
 * @throws Problem `INVALID_REQUEST` that names every place that is wrong (the first 20) by its JSON pointer.
 */
export function parseRequest(json: unknown): ReportRequest {
  const folded = foldSingleTable(json);
  const result = requestSchema.safeParse(folded.json);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, folded.wasSingle)).slice(0, MAX_FAULTS);
  const [first] = faults;
  const where = first?.pointer === '' ? 'the request' : first?.pointer;
  throw new Problem('INVALID_REQUEST', `${where}: ${first?.detail}`, { faults });
}

/** A request of one table may be written without `tables`. */
function foldSingleTable(json: unknown): { json: unknown; wasSingle: boolean } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { json, wasSingle: false };
  if ('tables' in json || !TABLE_KEYS.some((key) => key in json)) return { json, wasSingle: false };
  const members = Object.entries(json);
  const isTableKey = ([key]: [string, unknown]) => TABLE_KEYS.some((tableKey) => tableKey === key);
  const table = Object.fromEntries(members.filter(isTableKey));
  return { json: { ...Object.fromEntries(members.filter((m) => !isTableKey(m))), tables: [table] }, wasSingle: true };
}

function faultsOf(issue: z.core.$ZodIssue, wasSingle: boolean): Fault[] {
  const path = wasSingle && issue.path[0] === 'tables' ? issue.path.slice(2) : issue.path;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointer([...path, key]), detail: 'is not a known property' }));
  }
  return [{ pointer: pointer(path), detail: issue.message }];
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
