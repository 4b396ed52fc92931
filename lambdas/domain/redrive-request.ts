import * as z from 'zod';
import { faultOf } from './issues.ts';
import { Problem } from './problems.ts';

/** What `POST /status/{id}/redrive` takes. */
export const redriveRequestSchema = z
  .strictObject({
    generation: z
      .int()
      .min(1)
      .optional()
      .meta({
        description:
          'The generation that failed, as the job shows it: makes the call safe to repeat for however long. Without it, ' +
          'a repeated call is recognised while the job is open.',
      }),
  })
  .meta({ id: 'RedriveRequest' });

/** @throws Problem `INVALID_REQUEST` */
export function parseRedrive(json: unknown): z.infer<typeof redriveRequestSchema> {
  const result = redriveRequestSchema.safeParse(json ?? {});
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => faultOf({ path: [key], code: 'UNKNOWN_MEMBER', message: 'is not a known member' }))
      : [faultOf({ path: issue.path, code: 'INVALID_VALUE', message: issue.message })],
  );
  throw invalidRedrive(faults);
}

/** @param faults at least one */
export function invalidRedrive(faults: readonly ReturnType<typeof faultOf>[]): Problem {
  return new Problem('INVALID_REQUEST', `${faults[0]?.pointer || 'the request'}: ${faults[0]?.detail}`, { faults });
}
