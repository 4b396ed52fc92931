import { z } from 'zod';

/** How often something was called: `DynamoDB PutItem jobs`, `S3 PUT`, `SQS SendMessage`. */
const callsSchema = z.record(z.string(), z.number());
export type Calls = z.infer<typeof callsSchema>;

const caseSchema = z.object({
  rows: z.number(),
  format: z.enum(['xlsx', 'pdf']),
  /** The rows in the body of the request, or a dataset uploaded before. */
  source: z.enum(['body', 'dataset']),
  enqueue: callsSchema,
  worker: callsSchema,
  /** Of the row of the table at the end, and of what the client sent and got. */
  rowBytes: z.number(),
  requestBytes: z.number(),
  reportBytes: z.number(),
});
export type CallCase = z.infer<typeof caseSchema>;

/** What `npm run bench -- calls` writes. */
export const callResultsSchema = z.object({
  at: z.string(),
  /** On which every count was taken. */
  emulator: z.string(),
  /** Of one `GET /status/{id}` of a job that is done. */
  status: callsSchema,
  cases: z.array(caseSchema),
});
export type CallResults = z.infer<typeof callResultsSchema>;
