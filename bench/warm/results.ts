import { z } from 'zod';
import { resultsSchema } from '../results.ts';
import { WAYS } from '../ways.ts';

const timesSchema = z.object({
  format: z.string(),
  name: z.string(),
  rows: z.number(),
  way: z.enum(WAYS),
  runs: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p95: z.number(),
  /** Of the first run, when nothing was warm. */
  first: z.number(),
  at: z.string(),
});
export type Times = z.infer<typeof timesSchema>;

/** What `npm run bench -- warm` writes. */
export const warmResultsSchema = resultsSchema.omit({ measurements: true }).extend({ times: z.array(timesSchema) });
export type WarmResults = z.infer<typeof warmResultsSchema>;
