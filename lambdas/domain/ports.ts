import type { Change } from './change.ts';
import type { Disposition } from './content-disposition.ts';
import type { DatasetVersion, StoredBytes, StoredDataset } from './dataset.ts';
import type { Job, JobMessage, QueuedJob } from './job.ts';
import type { Place } from './list-cursor.ts';
import type { Measures } from './measures.ts';
import type { ByteSink } from './rendering.ts';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export type Created = { readonly created: true } | { readonly created: false; readonly existing: Job };

export type Changed =
  | { readonly applied: true; readonly job: Job }
  /** `job` is what is stored instead; `undefined` when there is no row. */
  | { readonly applied: false; readonly job: Job | undefined };

/** The jobs table. A failed condition is an answer; only the table itself being out of reach throws. */
export interface JobTable {
  /** Puts the row if there is none with its id. */
  create(job: QueuedJob): Promise<Created>;
  /** A consistent read. */
  read(id: string): Promise<Job | undefined>;
  change(id: string, change: Change): Promise<Changed>;
  /** Open jobs whose `sweepAt` lies in that span, oldest first, at most `limit`; eventually consistent. */
  due(from: number, to: number, limit: number): Promise<readonly Due[]>;
}

/** What is wanted of a tenant's jobs; times are ISO 8601, UTC. */
export interface PageQuery {
  readonly tenant: string;
  /** The first time that counts. */
  readonly from?: string | undefined;
  /** The first time that does not. */
  readonly to?: string | undefined;
  /** Begins after this one. */
  readonly after?: Place | undefined;
  readonly limit: number;
}

export interface JobPage {
  readonly places: readonly Place[];
  /** Whether anything may follow. */
  readonly more: boolean;
}

/** A tenant's jobs, in the order in which they were created. */
export interface JobList {
  /** Newest first; eventually consistent. */
  page(query: PageQuery): Promise<JobPage>;
  /** Those of these rows that are there, in any order; at most 100. */
  rows(ids: readonly string[]): Promise<readonly Job[]>;
}

/** An entry of the sweep index. */
export interface Due {
  readonly id: string;
  readonly sweepAt: number;
}

export interface JobQueue {
  /** @param group spreads the queue's attention fairly over tenants: letters and digits, ≤ 128. */
  send(message: JobMessage, group: string): Promise<void>;
}

/** One delivery of a message, as far as a worker may influence when it comes again. */
export interface Delivery {
  readonly body: string;
  /** Names the invocation that it came to; Lambda may bring one receipt of a message to two of them. */
  readonly id: string;
  /** How often the message was received, with this time. */
  readonly receives: number;
  /** Makes the message visible again after so many seconds instead of after the visibility timeout. */
  returnAfter(seconds: number): Promise<void>;
}

/** What becomes of a message: deleted, or delivered again. */
export type Handled = 'acknowledge' | 'return';

/** Requests that are too large for the row. */
export interface RequestStore {
  save(key: string, json: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** @throws PermanentFailure `REQUEST_LOST` when there is no such object. */
  load(key: string): Promise<string>;
}

/** Files that clients uploaded. */
export interface DatasetStore {
  /** What stands under the key, or `undefined`. */
  inspect(key: string): Promise<StoredDataset | undefined>;
  /**
   * The bytes of one version. Reading it throws PermanentFailure `DATASET_CHANGED` when another one is stored, and
   * `DATASET_GONE` when none does.
   */
  open(key: string, version: DatasetVersion): StoredBytes;
}

/** What an object in the bucket says of itself. */
export interface StoredReport {
  readonly jobId: string;
  readonly generation: number;
  readonly attempt: number;
  readonly requestHash: string;
  readonly sizeBytes: number;
}

export type ReportLabel = Omit<StoredReport, 'sizeBytes'>;

export interface ReportUpload extends ByteSink {
  /**
   * The commit: publishes the object if there is none under its key.
   * `exists`: somebody was faster, or an earlier try of ours did succeed.
   * @throws RetryableFailure when the upload has to be started again.
   */
  commit(): Promise<'committed' | 'exists'>;
  /** Leaves nothing behind; never throws and never takes long, since it is called on the way out of a failure. */
  abort(): Promise<void>;
}

export interface ReportStore {
  /** @param signal stops what is under way: the upload rejects with `signal.reason`, and can only be aborted then. */
  open(key: string, contentType: string, label: ReportLabel, signal: AbortSignal): ReportUpload;
  /** What stands under the key, or `undefined`. */
  inspect(key: string): Promise<StoredReport | undefined>;
  /** Takes away what stands under the key, if anything does. */
  remove(key: string): Promise<void>;
}

export interface Links {
  /** A link that downloads the object under that file name, or shows it. */
  sign(
    key: string,
    fileName: string,
    contentType: string,
    disposition?: Disposition,
  ): Promise<{ readonly url: string; readonly expiresAt: string }>;
}

/** A place to upload a dataset to. */
export interface UploadLinks {
  /** @param sizeBytes signed into the link: nothing of another size can be uploaded. */
  signUpload(key: string, sizeBytes: number | undefined): Promise<UploadLink>;
}

export interface UploadLink {
  readonly url: string;
  /** What the upload must be sent with. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

/** Runs `work` once per key, over all workers; later calls get the first one's result. */
export interface Once {
  /**
   * @throws AlreadyRunning while another worker holds the key; whatever `work` throws, after which the key is free.
   */
  run<T extends object>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Another worker holds the idempotency lock. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
}

export type Fields = { readonly [field: string]: string | number | boolean | undefined };

/** Ids, sizes, durations and codes; never rows, titles or links. */
export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields: Fields | undefined, cause: unknown): void;
  /** A line that also counts. A metric that goes by `code` takes it from the fields. */
  measure(event: string, fields: Fields, measures: Measures): void;
}
