import * as z from 'zod';
import { parseMembers } from './parse-members.ts';

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
  return parseMembers(shareRequestSchema, json);
}
