import * as z from 'zod';
import type { Fault } from './answers.ts';
import { CONTENT_TYPES, type Format } from './formats.ts';
import { faultOf } from './issues.ts';
import { STATUSES } from './job.ts';
import { LIMITS } from './limits.ts';
import { type Place, placeOf } from './list-cursor.ts';
import { Problem } from './problems.ts';

const DEFAULT_LIMIT = 20;
const MOST = 100;

const instant = z.iso.datetime({
  offset: true,
  error: 'must be an instant as in RFC 3339, such as 2026-11-27T10:15:00Z',
});
const limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, `must be a whole number from 1 to ${MOST}`)
  .transform(Number)
  .refine((number) => number <= MOST, `must be a whole number from 1 to ${MOST}`);

/** What `GET /status` takes in its query string. */
export const listQuerySchema = z.strictObject({
  status: z.enum(STATUSES).optional().meta({ description: 'Only jobs that stand there.' }),
  format: z
    .enum(Object.keys(CONTENT_TYPES) as [Format, ...Format[]])
    .optional()
    .meta({ description: 'Only reports of this format.' }),
  reference: z
    .string()
    .max(LIMITS.referenceLength)
    .optional()
    .meta({ description: 'Only jobs with exactly this reference.' }),
  from: instant.optional().meta({ description: 'Only jobs that were created then or later.' }),
  to: instant.optional().meta({ description: 'Only jobs that were created before then.' }),
  limit: limit.optional().meta({ description: `How many jobs at most, ${DEFAULT_LIMIT} if nothing is said.` }),
  cursor: z
    .string()
    .optional()
    .meta({ description: 'Of the answer before, with the same filter: goes on where that one ended.' }),
});

/** Which jobs are wanted. */
export interface Filter {
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly format?: Format | undefined;
  readonly reference?: string | undefined;
  /** ISO 8601, in UTC, to the millisecond: the first one that counts. */
  readonly from?: string | undefined;
  /** The same: the first one that does not. */
  readonly to?: string | undefined;
}

export interface ListQuery {
  readonly filter: Filter;
  readonly limit: number;
  /** The last job that was looked at before. */
  readonly after?: Place | undefined;
}

/**
 * The query of a list.
 * @throws Problem `INVALID_QUERY` that points at each parameter that is wrong; also for a cursor that is none of this
 * tenant's and this filter's.
 */
export function parseListQuery(parameters: Readonly<Record<string, string>>, tenant: string): ListQuery {
  const result = listQuerySchema.safeParse(parameters);
  if (!result.success) throw invalid(result.error.issues.flatMap(faultsOf));
  const { cursor, limit = DEFAULT_LIMIT, from, to, ...rest } = result.data;
  const filter = { ...rest, from: utc(from), to: utc(to) };
  if (filter.from !== undefined && filter.to !== undefined && filter.from >= filter.to) {
    throw invalid([fault('to', 'must be later than from')]);
  }
  if (cursor === undefined) return { filter, limit };
  const after = placeOf(cursor, { tenant, filter });
  if (after === undefined) throw invalid([fault('cursor', 'is none that was given for this filter')]);
  return { filter, limit, after };
}

function utc(instant: string | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [fault(String(issue.path[0] ?? ''), issue.message)];
  return issue.keys.map((key) =>
    faultOf({ path: [key], code: 'UNKNOWN_MEMBER', message: 'is no parameter of this route' }),
  );
}

function fault(parameter: string, message: string): Fault {
  return faultOf({ path: [parameter], code: 'INVALID_VALUE', message });
}

function invalid(faults: readonly Fault[]): Problem {
  return new Problem('INVALID_QUERY', `${faults[0]?.pointer}: ${faults[0]?.detail}`, { faults });
}
