import { FAILURES, type FailureCode } from '../contract.ts';
import type { JobError } from './job.ts';

/**
 * What can go wrong while a report is made. Permanent or retryable is a type, decided where the fact is known; anything
 * else that is thrown counts as retryable, because a job must not end for a reason that nobody named.
 */
type CodeThatIs<Retryable extends boolean> = {
  [Code in FailureCode]: (typeof FAILURES)[Code]['retryable'] extends Retryable ? Code : never;
}[FailureCode];

export type PermanentCode = CodeThatIs<false>;
export type RetryableCode = CodeThatIs<true>;

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
  readonly code: RetryableCode;

  constructor(code: RetryableCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/**
 * A service is out of reach: throttled, failing, unreachable, or it does not let us in. No fault of the job, so it uses
 * up no try. Adapters tell it from an answer that is about the job.
 */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** The invocation is about to run out of its time. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Why a job ended, as its row holds it; whether to try again stands in the table of codes. */
export function jobError(code: FailureCode, detail: string): JobError {
  return { code, detail, retryable: FAILURES[code].retryable };
}
