/**
 * What can go wrong while a report is made. Permanent or retryable is a type, decided where the fact is known; anything
 * else that is thrown counts as retryable, because a job must not end for a reason that nobody named.
 */
export type PermanentCode =
  | 'REQUEST_LOST'
  | 'REQUEST_UNREADABLE'
  | 'ROWS_UNREADABLE'
  | 'ROWS_MISCOUNTED'
  | 'TOO_LARGE'
  | 'TOO_MANY_PAGES'
  | 'REPORT_CONFLICT'
  | 'RENDERING_FAILED';

/** The same job would fail in the same way again: it ends in `error` at once. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
  readonly code: PermanentCode;

  /** @param detail shown to the client: a sentence without row data. */
  constructor(code: PermanentCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** Something outside the job failed and may heal: the attempt is given back and tried again after a back-off. */
export class RetryableFailure extends Error {
  override readonly name = 'RetryableFailure';
  readonly code: string;

  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
