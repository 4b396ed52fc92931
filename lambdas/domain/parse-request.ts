import type * as z from 'zod';
import { FAULT_CODES, type FaultCode } from '../contract.ts';
import { overLimits } from './bounds.ts';
import { echoed, type Issue, invalidRequest } from './issues.ts';
import type { Problem } from './problems.ts';
import { type ReportRequest, requestSchema } from './request.ts';

/** What may stand at the top level instead of inside `tables`, for a report of one table. */
const TABLE_KEYS = ['columns', 'rows', 'dataset', 'report', 'params', 'groupBy'] as const;

/**
 * Validates a request and fills its defaults in, in bounded time and memory whatever the request is.
 * @throws Problem `INVALID_REQUEST` that names every place that is wrong (the first 20) by its JSON pointer and code.
 */
export function parseRequest(json: unknown): ReportRequest {
  const folded = foldSingleTable(json);
  const over = overLimits(folded.json);
  if (over.length > 0) throw refusal(over, folded.wasSingle);
  const result = requestSchema.safeParse(folded.json);
  if (result.success) return result.data;
  throw refusal(result.error.issues.flatMap(issuesOf), folded.wasSingle);
}

/** Whether its one table is written at the top level, to which places then point. */
export function isSingleTable(json: unknown): boolean {
  return foldSingleTable(json).wasSingle;
}

/** A request of one table may be written without `tables`. */
function foldSingleTable(json: unknown): { json: unknown; wasSingle: boolean } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { json, wasSingle: false };
  if ('tables' in json || !TABLE_KEYS.some((key) => key in json)) return { json, wasSingle: false };
  const { columns, rows, dataset, report, params, groupBy, ...rest } = json as Readonly<Record<string, unknown>>;
  if ('report' in json || 'params' in json) {
    // Of a report that is defined in code the columns are chosen, not described.
    const named = { name: report, ...('params' in json && { params }), ...('columns' in json && { columns }) };
    const strangers = Object.entries({ rows, dataset, groupBy }).filter(([key]) => key in json);
    return { json: { ...rest, tables: [{ report: named, ...Object.fromEntries(strangers) }] }, wasSingle: true };
  }
  const table = Object.fromEntries(Object.entries({ columns, rows, dataset, groupBy }).filter(([key]) => key in json));
  return { json: { ...rest, tables: [table] }, wasSingle: true };
}

/** The refusal of a request, its places as the client wrote them. */
export function refusal(issues: readonly Issue[], wasSingle: boolean): Problem {
  return invalidRequest(wasSingle ? issues.map((issue) => ({ ...issue, path: unfolded(issue.path) })) : issues);
}

/** The place as the client wrote it, at the top level. */
export function unfolded(path: Issue['path']): Issue['path'] {
  if (path[0] !== 'tables') return path;
  const [member, inner, ...rest] = path.slice(2);
  if (member !== 'report' || inner === undefined) return path.slice(2);
  return inner === 'name' ? ['report'] : [inner, ...rest];
}

/** What a schema found, in our own terms. */
export function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code === 'invalid_union') {
    // Of a value that may be of several types, what is wrong as the type that it is.
    const own = issue.errors.find((issues) => issues.every(({ code }) => code !== 'invalid_type'));
    if (own !== undefined)
      return own.flatMap(issuesOf).map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
  }
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, code: codeOf(issue), message: issue.message }];
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    code: 'UNKNOWN_MEMBER',
    message: `"${echoed(key)}" is not a known member`,
  }));
}

function codeOf(issue: z.core.$ZodIssue): FaultCode {
  if (issue.code === 'custom') return FAULT_CODES.find((code) => code === issue.params?.code) ?? 'INVALID_VALUE';
  if (issue.code !== 'too_big') return 'INVALID_VALUE';
  if (issue.origin === 'string') return 'TOO_LONG';
  return issue.origin === 'array' ? 'TOO_MANY_ITEMS' : 'INVALID_VALUE';
}
