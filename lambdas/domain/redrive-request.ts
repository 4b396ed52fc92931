import * as z from 'zod';
import { parseMembers } from './parse-members.ts';

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
  return parseMembers(redriveRequestSchema, json ?? {});
}
