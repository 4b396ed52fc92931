import type { FailureCode } from '../contract.ts';
import type { BadCellFacts, Validation } from './bad-cells.ts';
import type { CallbackState } from './callback.ts';
import type { AcceptedDataset } from './dataset.ts';
import type { Format } from './formats.ts';
import type { Warning } from './rendering.ts';
import type { Column } from './request.ts';

/** Where the request of a job lies: in the row while it is small, else in the bucket. */
export type RequestLocation =
  | { readonly kind: 'inline'; readonly json: string }
  | { readonly kind: 'stored'; readonly key: string };

/** The facts of a finished file, as they stand in the row. */
export interface Report {
  readonly key: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly rows: number;
  readonly sheets?: number | undefined;
  readonly pages?: number | undefined;
  readonly warnings: readonly Warning[];
  /** Absent where every cell is a value of its column. */
  readonly badCells?: BadCellFacts | undefined;
  /** By table: the columns that were told from a dataset, `null` where the request gave them. Absent where it gave all. */
  readonly inferredColumns?: readonly (readonly InferredColumn[] | null)[] | undefined;
}

/** A column that nobody described, as it was taken. */
export type InferredColumn = Pick<Column, 'key' | 'type' | 'label' | 'format'>;

/** The facts of a file that an attempt was about to commit; written before the commit, so that anyone can finish it. */
export interface StagedReport extends Report {
  readonly attempt: number;
}

/** Why a job ended without a file. */
export interface JobError {
  readonly code: FailureCode;
  readonly detail: string;
  /** Whether the same request, posted again, may succeed. */
  readonly retryable: boolean;
}

/** What is `undefined` is not known: a row source may know its rows only when it has given the last, or no bytes at all. */
export interface Progress {
  readonly rowsWritten: number;
  readonly rowsTotal?: number | undefined;
  readonly bytesRead?: number | undefined;
  readonly bytesTotal?: number | undefined;
}

interface Base {
  readonly id: string;
  readonly tenant: string;
  readonly format: Format;
  /** The name that the client's download gets, with its extension. */
  readonly fileName: string;
  readonly reference: string | null;
  /** SHA-256 of the canonical request. */
  readonly requestHash: string;
  /** The versions of uploaded rows that the request saw at its acceptance; absent where it names none. */
  readonly datasets?: readonly AcceptedDataset[] | undefined;
  /** Who created the row: distinguishes a replay from the retry of one's own put whose reply was lost. */
  readonly acceptId: string;
  /** API Gateway's name for the call that was accepted; for the logs alone. Rows of before 0.2 have none. */
  readonly requestId?: string | undefined;
  readonly request: RequestLocation;
  /** Rows over all tables, where that was known when the request was accepted. */
  readonly rowsTotal?: number | undefined;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC: since when this generation is open. */
  readonly openedAt: string;
  /** Epoch seconds, as DynamoDB's TTL wants it. */
  readonly expiresAt: number;
  readonly generation: number;
  readonly attempt: number;
  /** How many of the attempts count against the limit: all but those that something outside the job hindered. */
  readonly tries: number;
  /** How many messages were sent since anybody last took the job. */
  readonly sends: number;
  /** Where the end of the job is to be told; absent where nobody asked for it. */
  readonly callbackUrl?: string | undefined;
  /** The job's own address as its client can use it, for the callback to name. */
  readonly statusUrl?: string | undefined;
}

/** Rows that are not terminal stand in the sweep index. */
interface Open {
  readonly sweepShard: string;
  /** Epoch milliseconds: when the sweeper looks at the row, unless somebody moves it on before. */
  readonly sweepAt: number;
}

export interface QueuedJob extends Base, Open {
  readonly status: 'queued';
}

export interface ProcessingJob extends Base, Open {
  readonly status: 'processing';
  readonly startedAt: string;
  /** Epoch milliseconds: until then the attempt may be believed alive. 0: it was given back. */
  readonly leaseUntil: number;
  /** Epoch milliseconds: the back-off of an attempt that was given back; before then nobody takes the job. */
  readonly notBefore?: number | undefined;
  /** Which invocation holds the claim: distinguishes one's own claim, whose reply was lost, from another's. */
  readonly claimedBy: string;
  /** Absent until the attempt first reports it. */
  readonly progress?: Progress | undefined;
  readonly staged: readonly StagedReport[];
  /** Why the last attempt was given back. */
  readonly lastFailure?: JobError | undefined;
  /** ISO 8601, UTC: when the client asked for its cancellation. The next to work on the job ends it. */
  readonly cancelRequestedAt?: string | undefined;
}

interface Ended extends Base {
  readonly startedAt: string | null;
  readonly finishedAt: string;
  /** How the telling goes; absent where there is no `callbackUrl`. While it is pending the row stays in the sweep index. */
  readonly callbackState?: CallbackState | undefined;
  /** Tries made. */
  readonly callbackAttempts?: number | undefined;
  /** The HTTP status that the last try brought; `null` where none came back. */
  readonly callbackStatus?: number | null | undefined;
  /** Epoch milliseconds: when the sweeper sees to a callback that is pending. */
  readonly sweepAt?: number | undefined;
}

export interface DoneJob extends Ended {
  readonly status: 'done';
  readonly report: Report;
  /** Epoch seconds: when the bucket's lifecycle takes the file. */
  readonly reportExpiresAt: number;
}

/** A job that was to read its rows and no more. */
export interface ValidatedJob extends Ended {
  readonly status: 'done';
  readonly report?: undefined;
  readonly reportExpiresAt?: undefined;
  readonly validation: Validation & { readonly inferredColumns?: Report['inferredColumns'] };
}

export interface FailedJob extends Ended {
  readonly status: 'error';
  readonly error: JobError;
}

/** Its client wanted it no more, and no file of it stands. */
export interface CancelledJob extends Ended {
  readonly status: 'cancelled';
}

/** A field exists only in the states that have it. */
export type Job = QueuedJob | ProcessingJob | DoneJob | ValidatedJob | FailedJob | CancelledJob;
/** Where a job can stand, in the order in which it goes. */
export const STATUSES = ['queued', 'processing', 'done', 'error', 'cancelled'] as const satisfies Job['status'][];
export type OpenJob = QueuedJob | ProcessingJob;
export type EndedJob = Exclude<Job, OpenJob>;

/** The body of a message: nothing but which job, because the row is the truth. */
export interface JobMessage {
  readonly jobId: string;
  readonly generation: number;
}

export function isOpen(job: Job): job is OpenJob {
  return job.status === 'queued' || job.status === 'processing';
}

/** Whether it ended with a file. */
export function isReported(job: Job): job is DoneJob {
  return job.status === 'done' && job.report !== undefined;
}

/** Whether its client wants it no more. */
export function isUnwanted(job: OpenJob): boolean {
  return job.status === 'processing' && job.cancelRequestedAt !== undefined;
}

/** Whether some attempt may still be running. */
export function isAlive(job: OpenJob, now: number): boolean {
  return job.status === 'processing' && job.leaseUntil >= now;
}
