// Longer than a file should be: one table, to be read whole.
/**
 * Every route of the API: what it takes, what it answers, and what it refuses. A test holds the list against the routes
 * of the deployed gateway.
 */
import type * as z from 'zod';
import type { ProblemCode } from '../../../lambdas/contract.ts';
import {
  callbackKeysSchema,
  datasetSchema,
  datasetUploadSchema,
  jobListSchema,
  jobSchema,
  shareLinkSchema,
  shareListSchema,
} from '../../../lambdas/domain/answers.ts';
import { uploadRequestSchema } from '../../../lambdas/domain/dataset.ts';
import { LIMITS } from '../../../lambdas/domain/limits.ts';
import { listQuerySchema } from '../../../lambdas/domain/list-query.ts';
import { postedRequestSchema } from '../../../lambdas/domain/posted-request.ts';
import { redriveRequestSchema } from '../../../lambdas/domain/redrive-request.ts';
import { shareRequestSchema } from '../../../lambdas/domain/share-request.ts';
import { CALLBACK_KEYS, DATASETS, JOBS, LISTS, REQUESTS, SHARE_LINK, SHARE_LIST, UPLOAD } from './examples.ts';
import { type Json, queryParameters } from './schemas.ts';

type Examples = Readonly<Record<string, unknown>>;

export interface Route {
  /** "POST /generate" */
  readonly route: string;
  readonly operationId: string;
  readonly tag: 'Reports' | 'Shares' | 'Datasets' | 'Callbacks' | 'Contract';
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Json[];
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean; readonly examples: Examples };
  /** By status; without a schema where the answer has no body. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** Whether nobody has to say who they are. */
  readonly isOpen?: boolean;
  /** In addition to those of every route. */
  readonly problems: readonly ProblemCode[];
}

export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Whether the answer has no body at all. */
  readonly isEmpty?: boolean;
  readonly examples?: Examples;
  readonly headers?: readonly (keyof typeof HEADERS)[];
  /** What can be called next, with a value of this answer in its path. */
  readonly links?: Json;
}

export const HEADERS = {
  Location: { description: 'The address to ask again.', schema: { type: 'string', format: 'uri-reference' } },
  'Retry-After': {
    description: 'Seconds after which to ask again; absent once there is nothing more to wait for.',
    schema: { type: 'integer', minimum: 0 },
  },
  'Idempotent-Replayed': {
    description: '`true` where the request had been accepted before, under the same `Idempotency-Key`.',
    schema: { const: 'true' },
  },
} as const;

/** What any route may answer, most of it from API Gateway itself. */
export const COMMON_PROBLEMS: readonly ProblemCode[] = [
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'INVALID_SIGNATURE',
  'EXPIRED_TOKEN',
  'NOT_FOUND',
  'THROTTLED',
  'UNAVAILABLE',
];

const BODY_PROBLEMS: readonly ProblemCode[] = [
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_REQUEST',
];

const idOf = (what: string): Json => ({
  name: 'id',
  in: 'path',
  required: true,
  description: `Of the ${what}, as the API gave it.`,
  schema: { type: 'string', minLength: 1 },
});

const follow = (operationId: string): Json => ({ operationId, parameters: { id: '$response.body#/id' } });

export const ROUTES: readonly Route[] = [
  {
    route: 'POST /generate',
    operationId: 'generate',
    tag: 'Reports',
    summary: 'Accept a report',
    description:
      'Accepts a request and answers with the job that will make the report. The same request under the same ' +
      '`Idempotency-Key` is the same job.',
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description: 'Makes the call safe to repeat: a key of your own, bare or as a quoted string.',
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: LIMITS.idempotencyKeyLength,
          pattern: '^[!-~]([ -~]*[!-~])?$',
        },
      },
    ],
    body: { schema: postedRequestSchema, required: true, examples: REQUESTS },
    answers: {
      '202': {
        description: 'Accepted, now or before.',
        schema: jobSchema,
        examples: { queued: JOBS.queued },
        headers: ['Location', 'Retry-After', 'Idempotent-Replayed'],
        links: { status: follow('status') },
      },
    },
    problems: [...BODY_PROBLEMS, 'INVALID_IDEMPOTENCY_KEY', 'IDEMPOTENCY_KEY_REUSED'],
  },
  {
    route: 'GET /status/{id}',
    operationId: 'status',
    tag: 'Reports',
    summary: 'Where a job stands',
    description:
      'A job that failed is a 200 too: `error` says why. A job that is done has a link to its file, signed again at ' +
      "each call. An unknown id and another tenant's are answered alike.",
    parameters: [idOf('job')],
    answers: {
      '200': { description: 'The job.', schema: jobSchema, examples: JOBS, headers: ['Retry-After'] },
    },
    problems: ['GONE'],
  },
  {
    route: 'GET /status',
    operationId: 'list',
    tag: 'Reports',
    summary: 'The jobs that there are',
    description:
      "The caller's own jobs, newest first. A job that was accepted a moment ago may be missing for a moment. A cursor " +
      'belongs to the filter with which it was given; `limit` may change.',
    parameters: queryParameters(listQuerySchema),
    answers: { '200': { description: 'A page of them.', schema: jobListSchema, examples: LISTS } },
    problems: ['INVALID_QUERY'],
  },
  {
    route: 'GET /download/{id}',
    operationId: 'download',
    tag: 'Reports',
    summary: 'The file of a job',
    description:
      'A link that lasts as long as the file: each call redirects to a freshly signed one. With `inline` a browser shows a ' +
      'PDF instead of saving it.',
    parameters: [
      idOf('job'),
      {
        name: 'inline',
        in: 'query',
        required: false,
        allowEmptyValue: true,
        description: 'Only for a PDF; may stand without a value.',
        schema: { enum: ['true', 'false', ''] },
      },
    ],
    answers: { '302': { description: 'To the file.', isEmpty: true, headers: ['Location'] } },
    problems: ['INVALID_QUERY', 'GONE', 'NOT_DONE'],
  },
  {
    route: 'POST /status/{id}/redrive',
    operationId: 'redrive',
    tag: 'Reports',
    summary: 'Open a failed job again',
    description:
      'A job that ended as error is opened again, as its next generation, if its request and its datasets are still ' +
      'there. Asked for again, the answer is the job as it stands.',
    parameters: [idOf('job')],
    body: { schema: redriveRequestSchema, required: false, examples: { safely: { generation: 1 } } },
    answers: {
      '202': {
        description: 'Open again, now or before.',
        schema: jobSchema,
        examples: { queued: { ...JOBS.queued, generation: 2 } },
        headers: ['Location', 'Retry-After'],
        links: { status: follow('status') },
      },
    },
    problems: [...BODY_PROBLEMS, 'GONE', 'NOT_FAILED', 'REQUEST_GONE', 'DATASET_GONE'],
  },
  {
    route: 'POST /status/{id}/shares',
    operationId: 'share',
    tag: 'Shares',
    summary: 'Make a link that anybody may use',
    description:
      'A link to the file for people who cannot sign a call. It is shown this once, and ends with its days, with its ' +
      'downloads, when it is revoked, or with the file. Each call makes another one; a job has at most 20.',
    parameters: [idOf('job')],
    body: { schema: shareRequestSchema, required: true, examples: { mail: { days: 3, downloads: 5 } } },
    answers: {
      '201': {
        description: 'The link.',
        schema: shareLinkSchema,
        examples: { link: SHARE_LINK },
        headers: ['Location'],
      },
    },
    problems: [...BODY_PROBLEMS, 'GONE', 'NOT_DONE', 'TOO_MANY_SHARES'],
  },
  {
    route: 'GET /status/{id}/shares',
    operationId: 'shares',
    tag: 'Shares',
    summary: 'The links that were made of a job',
    description:
      'Those that nobody revoked, the oldest first, and how often each was used. The links themselves are not kept.',
    parameters: [idOf('job')],
    answers: { '200': { description: 'The links.', schema: shareListSchema, examples: { shares: SHARE_LIST } } },
    problems: ['GONE', 'NOT_DONE'],
  },
  {
    route: 'DELETE /status/{id}/shares/{shareId}',
    operationId: 'revoke',
    tag: 'Shares',
    summary: 'Revoke a link',
    description:
      'It leads nowhere from now on. A presigned link that somebody was led to just before lasts its five minutes.',
    parameters: [
      idOf('job'),
      {
        name: 'shareId',
        in: 'path',
        required: true,
        description: 'Of the share.',
        schema: { type: 'string', minLength: 1 },
      },
    ],
    answers: { '204': { description: 'It is revoked.', isEmpty: true } },
    problems: ['GONE', 'NOT_DONE'],
  },
  {
    route: 'GET /files/{token}',
    operationId: 'file',
    tag: 'Shares',
    summary: 'The file that was shared',
    description:
      'For the bearer of the link: the call is not authenticated. A link that is unknown, revoked, used up or past its end is ' +
      'answered alike.',
    isOpen: true,
    parameters: [
      {
        name: 'token',
        in: 'path',
        required: true,
        description: 'Of the link.',
        schema: { type: 'string', minLength: 1 },
      },
    ],
    answers: { '302': { description: 'To the file, for five minutes.', isEmpty: true, headers: ['Location'] } },
    problems: [],
  },
  {
    route: 'DELETE /status/{id}',
    operationId: 'cancel',
    tag: 'Reports',
    summary: 'Cancel a job',
    description:
      'A job that is queued is cancelled at once. One that is being made is marked, and ends as soon as its worker sees ' +
      'it; if its file was published before that, it is done all the same. Asked for again, the answer is the same.',
    parameters: [idOf('job')],
    answers: {
      '200': { description: 'The job is cancelled.', schema: jobSchema, examples: { cancelled: JOBS.cancelled } },
      '202': {
        description: 'The job will end as soon as its worker sees the wish.',
        schema: jobSchema,
        examples: { processing: { ...JOBS.processing, cancelRequestedAt: '2026-11-27T10:15:00.900Z' } },
        headers: ['Retry-After'],
        links: { status: follow('status') },
      },
    },
    problems: ['GONE', 'JOB_ENDED'],
  },
  {
    route: 'POST /datasets',
    operationId: 'openUpload',
    tag: 'Datasets',
    summary: 'Get a place to upload rows to',
    description: 'Gives out an id, and a link to upload the rows with. A request then names the id instead of `rows`.',
    body: { schema: uploadRequestSchema, required: false, examples: { announced: { sizeBytes: 18_874_368 } } },
    answers: {
      '201': {
        description: 'The place.',
        schema: datasetUploadSchema,
        examples: { upload: UPLOAD },
        headers: ['Location'],
        links: { dataset: follow('dataset') },
      },
    },
    problems: BODY_PROBLEMS,
  },
  {
    route: 'GET /datasets/{id}',
    operationId: 'dataset',
    tag: 'Datasets',
    summary: 'Whether a dataset has arrived',
    description: 'An id that was never given out is not known, nor is one to which nothing was uploaded in time.',
    parameters: [idOf('dataset')],
    answers: { '200': { description: 'The dataset.', schema: datasetSchema, examples: DATASETS } },
    problems: [],
  },
  {
    route: 'GET /callbacks/secret',
    operationId: 'callbackKeys',
    tag: 'Callbacks',
    summary: 'What callbacks are verified with',
    description: "The tenant's own keys; for a day after a rotation also those from before it.",
    answers: { '200': { description: 'The keys.', schema: callbackKeysSchema, examples: { keys: CALLBACK_KEYS } } },
    problems: [],
  },
  {
    route: 'GET /openapi.json',
    operationId: 'contract',
    tag: 'Contract',
    summary: 'This document',
    description: 'OpenAPI 3.1, with the address that was called as its server.',
    answers: { '200': { description: 'This document.' } },
    problems: [],
  },
];
