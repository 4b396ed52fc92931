import * as z from 'zod';
import { faultOf } from './issues.ts';
import { Problem } from './problems.ts';

/** What `POST /status/{id}/shares` takes. */
export const shareRequestSchema = z
  .strictObject({
    days: z
      .int()
      .min(1)
      .max(365)
      .meta({ description: 'How long the link leads to the file; never longer than there is one.' }),
    downloads: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ description: 'How often it may be used; without it, as often as anybody likes.' }),
  })
  .meta({ id: 'ShareRequest' });

export type ShareRequest = Readonly<z.infer<typeof shareRequestSchema>>;

/** @throws Problem `INVALID_REQUEST` */
export function parseShare(json: unknown): ShareRequest {
  const result = shareRequestSchema.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => faultOf({ path: [key], code: 'UNKNOWN_MEMBER', message: 'is not a known member' }))
      : [faultOf({ path: issue.path, code: 'INVALID_VALUE', message: issue.message })],
  );
  throw new Problem('INVALID_REQUEST', `${faults[0]?.pointer || 'the request'}: ${faults[0]?.detail}`, { faults });
}
