/** What stands in the document as an example. A lint of the document holds each against its schema. */
import { type FaultCode, PROBLEMS, type ProblemCode, problemType } from '../../../lambdas/contract.ts';
import type {
  CallbackKeysView,
  DatasetUpload,
  DatasetView,
  JobListView,
  JobView,
  ProblemDocument,
  ShareLinkView,
  ShareListView,
  ShareView,
} from '../../../lambdas/domain/answers.ts';
import type { PostedRequest } from '../../../lambdas/domain/posted-request.ts';

const ID = '5p2kq4ud3r1mzx7nhtw8b6eaf9';
const DATASET = '0199c2f1-3b5e-7c42-9d1a-5f0e8b7a6c21';
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const REQUESTS = {
  workbook: {
    format: 'xlsx',
    title: 'Sales by region',
    columns: [
      { key: 'region', label: 'Region' },
      { key: 'total', label: 'Total', type: 'currency', currency: 'EUR', total: 'sum' },
    ],
    rows: [
      ['North', 1250.5],
      ['South', 980],
    ],
  },
  sections: {
    format: 'pdf',
    title: 'Orders of November',
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    tables: [
      {
        name: 'Open',
        columns: [{ key: 'order' }, { key: 'placed', type: 'date' }],
        rows: [{ order: 'A-17', placed: '2026-11-02' }],
      },
      { name: 'Closed', columns: [{ key: 'order' }], rows: [] },
    ],
    layout: { page: 'A4', orientation: 'landscape', footer: 'Page {page} of {pages}', tagged: true },
    reference: 'orders-2026-11',
  },
  uploaded: {
    format: 'xlsx',
    title: 'Ledger',
    dataset: { id: DATASET, format: 'csv', compression: 'gzip' },
    callbackUrl: 'https://reports.example.org/quire',
  },
  validated: {
    format: 'xlsx',
    title: 'Ledger',
    dataset: { id: DATASET, format: 'csv', compression: 'gzip' },
    validate: true,
  },
} as const satisfies Record<string, PostedRequest>;

const queued: JobView = {
  id: ID,
  status: 'queued',
  format: 'xlsx',
  reference: null,
  createdAt: '2026-11-27T10:15:00.000Z',
  startedAt: null,
  finishedAt: null,
  expiresAt: '2026-12-27T10:15:00.000Z',
  cancelRequestedAt: null,
  generation: 1,
  attempt: 0,
  progress: { rowsWritten: 0, rowsTotal: 2, bytesRead: null, bytesTotal: null },
  report: null,
  validation: null,
  error: null,
  callback: null,
  links: {
    self: `https://api.example.org/prod/status/${ID}`,
    download: `https://api.example.org/prod/download/${ID}`,
  },
};

const started: JobView = { ...queued, startedAt: '2026-11-27T10:15:00.420Z', attempt: 1 };
const finishedAt = '2026-11-27T10:15:01.050Z';

export const JOBS: Readonly<Record<string, JobView>> = {
  queued,
  processing: {
    ...started,
    status: 'processing',
    progress: { rowsWritten: 120_000, rowsTotal: null, bytesRead: 4_194_304, bytesTotal: 18_874_368 },
  },
  done: {
    ...started,
    status: 'done',
    finishedAt,
    expiresAt: '2026-12-04T10:15:01.050Z',
    progress: { rowsWritten: 2, rowsTotal: 2, bytesRead: null, bytesTotal: null },
    report: {
      fileName: 'Sales by region.xlsx',
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      sizeBytes: 9217,
      sha256: SHA256,
      rows: 2,
      sheets: 1,
      warnings: [{ code: 'TEXT_CUT', detail: 'Row 7 of "Notes": cut at 32,767 characters.', count: 1 }],
      url: 'https://reports.example.org/reports/b1/5p2kq4ud?X-Amz-Signature=0123',
      urlExpiresAt: '2026-11-27T10:30:01.050Z',
    },
  },
  validated: {
    ...started,
    status: 'done',
    finishedAt,
    progress: { rowsWritten: 0, rowsTotal: 300, bytesRead: null, bytesTotal: null },
    validation: {
      passed: true,
      rows: 300,
      faultCount: 1,
      faults: [{ table: 0, line: 61, column: 'total', code: 'NOT_A_NUMBER' }],
    },
  },
  cancelled: { ...queued, status: 'cancelled', finishedAt },
  error: {
    ...started,
    status: 'error',
    finishedAt,
    error: { code: 'DATASET_MALFORMED', detail: 'Line 7: 5 fields, but the header has 4.', retryable: false },
  },
};

const CURSOR = 'WyIyMDI2LTExLTI3VDEwOjE1OjAwLjAwMFoiLCI1cDJrcTR1ZCJd';

const SHARE: ShareView = {
  id: '8d3f0a5b6c7e9f102132',
  createdAt: '2026-11-27T10:20:00.000Z',
  expiresAt: '2026-11-30T10:20:00.000Z',
  downloads: { limit: 5, used: 0 },
  links: { self: `https://api.example.org/prod/status/${ID}/shares/8d3f0a5b6c7e9f102132` },
};

export const SHARE_LINK: ShareLinkView = {
  ...SHARE,
  url: `https://api.example.org/prod/files/${ID}.q3Vn0dYb5XhT2mZk8LwRc1SgP9f`,
};

export const SHARE_LIST: ShareListView = { shares: [{ ...SHARE, downloads: { limit: 5, used: 2 } }] };

export const LISTS: Readonly<Record<string, JobListView>> = {
  page: {
    jobs: [queued],
    cursor: CURSOR,
    links: { next: `https://api.example.org/prod/status?status=queued&limit=1&cursor=${CURSOR}` },
  },
  end: { jobs: [], cursor: null, links: { next: null } },
};

export const UPLOAD: DatasetUpload = {
  id: DATASET,
  upload: {
    method: 'PUT',
    url: 'https://reports.example.org/datasets/b1/0199c2f1?X-Amz-Signature=0123',
    headers: { 'content-length': '18874368' },
    expiresAt: '2026-11-27T10:30:00.000Z',
  },
  expiresAt: '2026-11-29T10:15:00.000Z',
};

export const DATASETS: Readonly<Record<string, DatasetView>> = {
  awaited: { id: DATASET, status: 'awaited', sizeBytes: null, uploadedAt: null, expiresAt: UPLOAD.expiresAt },
  uploaded: {
    id: DATASET,
    status: 'uploaded',
    sizeBytes: 18_874_368,
    uploadedAt: '2026-11-27T10:16:12.000Z',
    expiresAt: UPLOAD.expiresAt,
  },
};

export const CALLBACK_KEYS: CallbackKeysView = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  publicKey: 'whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  previous: null,
};

/** What each refusal says, where it says more than its title. */
const DETAILS: Partial<Record<ProblemCode, string>> = {
  MALFORMED_JSON: 'The body is not JSON: error at line 3, column 14.',
  BODY_TOO_LARGE: 'The body has 5242880 bytes; at most 4194304 are accepted. Upload more rows with POST /datasets.',
  INVALID_REQUEST: '/rows/1/total: a cell must be a string, a finite number, a boolean or null',
  UNSUPPORTED_MEDIA_TYPE: 'The Content-Type must be application/json.',
};

const FAULT = {
  pointer: '/rows/1/total',
  code: 'INVALID_CELL' satisfies FaultCode,
  detail: 'a cell must be a string, a finite number, a boolean or null',
} as const;

/** A refusal as it comes. */
export function problemExample(code: ProblemCode, instance: string): ProblemDocument {
  const { status, title } = PROBLEMS[code];
  return {
    type: problemType(code),
    title,
    status,
    detail: DETAILS[code] ?? `${title}.`,
    instance,
    code,
    errors: code === 'INVALID_REQUEST' ? [FAULT] : [],
    requestId: '7f0c1a52-6f3e-4c1b-9a55-0f6f3b0a2d10',
  };
}
