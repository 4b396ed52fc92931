/** The types of the API, inferred from the schemas that validate requests and describe answers. */
import type {
  DatasetUpload,
  DatasetView,
  Fault,
  JobListView,
  JobView,
  ProblemDocument,
  ReportView,
  ShareLinkView,
  ShareView,
} from '../lambdas/domain/answers.ts';
import type { Filter } from '../lambdas/domain/list-query.ts';
import type { PostedRequest } from '../lambdas/domain/posted-request.ts';
import type { ShareRequest } from '../lambdas/domain/share-request.ts';

export type { DatasetUpload, Fault, ShareRequest };
export type Dataset = DatasetView;
export type Job = JobView;
/** Which jobs are listed; instants as in RFC 3339. */
export type JobFilter = Filter;
export type JobPage = JobListView;
export type Problem = ProblemDocument;
export type Report = ReportView;
export type ReportRequest = PostedRequest;
export type Share = ShareView;
/** A share when it is made, with the link itself, which is never shown again. */
export type ShareLink = ShareLinkView;

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, its retries and its waits. */
  readonly signal?: AbortSignal | undefined;
}
