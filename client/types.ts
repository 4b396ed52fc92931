/** The types of the API, inferred from the schemas that validate requests and describe answers. */
import type {
  DatasetUpload,
  DatasetView,
  Fault,
  JobView,
  ProblemDocument,
  ReportView,
} from '../lambdas/domain/answers.ts';
import type { PostedRequest } from '../lambdas/domain/posted-request.ts';

export type { DatasetUpload, Fault };
export type Dataset = DatasetView;
export type Job = JobView;
export type Problem = ProblemDocument;
export type Report = ReportView;
export type ReportRequest = PostedRequest;

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, its retries and its waits. */
  readonly signal?: AbortSignal | undefined;
}
