// Longer than a file should be: one table, to be read whole.
/**
 * What the API answers, as schemas: the types are inferred from them, the tests hold real answers against them, and the
 * API's description is made of them. Only their types are imported where answers are made: no function needs to load
 * zod in order to tell where a job stands.
 */
import * as z from 'zod';
import { FAILURES, FAULT_CODES, type FailureCode, PROBLEMS, type ProblemCode } from '../contract.ts';
import { BAD_CELL_CODES } from './bad-cells.ts';
import { CONTENT_TYPES, type Format } from './formats.ts';
import { STATUSES } from './job.ts';

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>) =>
  Object.keys(table) as [Name, ...Name[]];

const count = z.int().min(0);
const instant = z.iso.datetime().meta({ description: 'RFC 3339, in UTC.' });

const warning = z
  .object({
    code: z.string(),
    detail: z.string().meta({ description: 'A sentence about the first occurrence.' }),
    count: count.meta({ description: 'The number of occurrences.' }),
  })
  .meta({ id: 'Warning', description: 'A change that was made so that the file is valid.' });

const progress = z
  .object({
    rowsWritten: count,
    rowsTotal: count.nullable().meta({ description: '`null` while unknown.' }),
    bytesRead: count.nullable(),
    bytesTotal: count.nullable(),
  })
  .meta({ id: 'Progress' });

const inferredColumn = z
  .object({
    key: z.string(),
    label: z.string().optional(),
    type: z.string(),
    format: z.string().optional(),
  })
  .meta({ id: 'InferredColumn', description: 'A column of a dataset that the request did not describe.' });

const inferredColumns = z.array(z.array(inferredColumn).readonly().nullable()).readonly().optional().meta({
  description: 'By table: the columns inferred from its dataset; `null` where the request describes them.',
});

const place = {
  table: count.meta({ description: 'The index of the table in the request, from 0.' }),
  line: z.int().min(1).meta({ description: 'The line on which the record starts, or the number of the record.' }),
  column: z.string().meta({ description: 'The key of the column.' }),
};

const badCells = z
  .object({
    count,
    places: z
      .array(z.object({ ...place, code: z.enum(BAD_CELL_CODES) }))
      .readonly()
      .meta({ description: 'The first ten.' }),
    file: z
      .object({
        sizeBytes: count,
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        url: z.url().nullable(),
        urlExpiresAt: instant.nullable(),
      })
      .nullable()
      .meta({
        description: 'NDJSON with all of them and their `value`, if there are more than `places` lists.',
      }),
  })
  .meta({
    id: 'BadCells',
    description: 'Cells that are not values of the type of their column; they are kept as text.',
  });

const validation = z
  .object({
    passed: z.boolean().meta({ description: 'Whether the rows can become a report.' }),
    rows: count,
    faultCount: count,
    faults: z
      .array(
        z.object({
          ...z.object(place).partial({ line: true, column: true }).shape,
          code: z.string(),
          detail: z.string().optional(),
        }),
      )
      .readonly()
      .meta({ description: 'What would fail the job, then bad cells; at most a hundred.' }),
    inferredColumns,
  })
  .meta({ id: 'Validation', description: 'The result of a request with `validate`.' });

const report = z
  .object({
    fileName: z.string(),
    contentType: z.string(),
    sizeBytes: count,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    rows: count,
    sheets: count.optional().meta({ description: 'Of a workbook.' }),
    pages: count.optional().meta({ description: 'Of a PDF.' }),
    warnings: z.array(warning).readonly(),
    inferredColumns,
    badCells: badCells.optional(),
    url: z
      .url()
      .nullable()
      .meta({ description: 'A presigned link to the file; each read of the job signs a new one.' }),
    urlExpiresAt: instant.nullable(),
  })
  .meta({ id: 'Report', description: 'The finished file.' });

const failure = z
  .object({
    code: z.enum(namesOf<FailureCode>(FAILURES)),
    detail: z.string(),
    retryable: z.boolean().meta({ description: 'Whether the same request, posted again, may succeed.' }),
  })
  .meta({ id: 'Failure', description: 'Why a job ended without a file.' });

const callback = z
  .object({
    state: z.enum(['waiting', 'pending', 'delivered', 'failed']).meta({
      description:
        '`waiting` until the job ends; `pending` until a try is answered with 2xx, or all tries are used up.',
    }),
    attempts: count,
    lastStatus: z
      .int()
      .nullable()
      .meta({ description: 'The HTTP status of the last try; `null` if there was no answer.' }),
  })
  .meta({ id: 'Callback' });

/** A job as the API shows it: every key is always present, `null` where it does not apply to the state. */
export const jobSchema = z
  .object({
    id: z.string(),
    status: z.enum(STATUSES),
    format: z.enum(namesOf<Format>(CONTENT_TYPES)),
    reference: z.string().nullable().meta({ description: 'As in the request.' }),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    expiresAt: instant.meta({ description: 'When the report is removed or, without a report, the job.' }),
    cancelRequestedAt: instant.nullable().meta({
      description: 'When the cancellation of a job in progress was requested; `null` if it was not.',
    }),
    generation: z
      .int()
      .min(1)
      .meta({ description: 'How many times the job was opened: 1, and 1 more with each redrive.' }),
    attempt: count.meta({ description: 'How many times a worker has claimed this generation of the job.' }),
    progress,
    report: report.nullable(),
    validation: validation.nullable(),
    error: failure.nullable(),
    callback: callback.nullable().meta({ description: '`null` without a `callbackUrl`.' }),
    links: z.object({
      self: z.string().meta({ description: 'The address of this job.' }),
      download: z
        .string()
        .meta({ description: 'Redirects to the report, once there is one and for as long as it lasts.' }),
    }),
  })
  .meta({ id: 'Job' });

/** A tenant's jobs, newest first. */
export const jobListSchema = z
  .object({
    jobs: z
      .array(jobSchema)
      .readonly()
      .meta({ description: 'Without links to their files: those are in each job itself.' }),
    cursor: z.string().nullable().meta({
      description:
        'Where the next call goes on; `null` at the end. A page may be short, even empty, while there is one.',
    }),
    links: z.object({ next: z.string().nullable().meta({ description: 'The address of the next page.' }) }),
  })
  .meta({ id: 'JobList' });

const shareMembers = {
  id: z.string(),
  createdAt: instant,
  expiresAt: instant.meta({ description: 'Never later than the end of the report.' }),
  downloads: z.object({
    limit: count.nullable().meta({ description: '`null`: as many as anybody likes.' }),
    used: count,
  }),
  links: z.object({ self: z.string().meta({ description: 'What to DELETE in order to revoke it.' }) }),
};

/** A link for people who cannot sign a call, as its owner sees it later. */
export const shareSchema = z.object(shareMembers).meta({ id: 'Share' });

/** The same when it is made. */
export const shareLinkSchema = z
  .object({ ...shareMembers, url: z.string().meta({ description: 'The link itself. It is shown this once.' }) })
  .meta({ id: 'ShareLink' });

export const shareListSchema = z.object({ shares: z.array(shareSchema).readonly() }).meta({ id: 'ShareList' });

const fault = z
  .object({
    pointer: z.string().meta({ description: 'A JSON pointer (RFC 6901) into the request as it was sent.' }),
    code: z.enum(FAULT_CODES),
    detail: z.string(),
  })
  .meta({ id: 'Fault', description: 'One fault in the request.' });

/** A refusal (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'The kind of problem, derived from `code`.' }),
    title: z.string(),
    status: z.int().optional(),
    detail: z.string(),
    instance: z.string().optional().meta({ description: 'The path that was called.' }),
    code: z.enum(namesOf<ProblemCode>(PROBLEMS)),
    errors: z.array(fault).readonly(),
    requestId: z.string().meta({ description: 'Quote it when you report a problem.' }),
  })
  .meta({ id: 'Problem' });

const keys = {
  secret: z.string().meta({ description: '`whsec_` and a key in base64, for signatures `v1`.' }),
  publicKey: z.string().meta({ description: '`whpk_` and an ed25519 key in base64, for signatures `v1a`.' }),
};

/** What a tenant's callbacks are verified with. */
export const callbackKeysSchema = z
  .object({
    ...keys,
    previous: z.object(keys).nullable().meta({ description: 'For a day after a rotation, the keys from before it.' }),
  })
  .meta({ id: 'CallbackKeys' });

export type CallbackKeysView = Readonly<z.infer<typeof callbackKeysSchema>>;
/** What `POST /datasets` answers: where to upload rows to. */
export const datasetUploadSchema = z
  .object({
    id: z.string(),
    upload: z.object({
      method: z.literal('PUT'),
      url: z.url(),
      headers: z.record(z.string(), z.string()).meta({ description: 'Send them with the upload.' }),
      expiresAt: instant.meta({ description: 'The upload must begin before this time.' }),
    }),
    expiresAt: instant.meta({ description: 'A request may name the dataset until this time.' }),
  })
  .meta({ id: 'DatasetUpload' });

/** What `GET /datasets/{id}` answers. */
export const datasetSchema = z
  .object({
    id: z.string(),
    status: z.enum(['awaited', 'uploaded']),
    sizeBytes: count.nullable(),
    uploadedAt: instant.nullable(),
    expiresAt: instant,
  })
  .meta({ id: 'Dataset' });

export type DatasetUpload = Readonly<z.infer<typeof datasetUploadSchema>>;
export type DatasetView = Readonly<z.infer<typeof datasetSchema>>;
export type JobView = Readonly<z.infer<typeof jobSchema>>;
export type ShareView = Readonly<z.infer<typeof shareSchema>>;
export type ShareLinkView = Readonly<z.infer<typeof shareLinkSchema>>;
export type ShareListView = Readonly<z.infer<typeof shareListSchema>>;
export type JobListView = Readonly<z.infer<typeof jobListSchema>>;
export type ReportView = NonNullable<JobView['report']>;
export type ProblemDocument = Readonly<z.infer<typeof problemSchema>>;
export type Fault = Readonly<z.infer<typeof fault>>;
