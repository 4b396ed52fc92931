import type { Job, Problem } from './types.ts';

/** The API refused a call (RFC 9457). Branch on `code`: a code that is published is never renamed. */
export class QuireProblem extends Error {
  override readonly name = 'QuireProblem';
  readonly code: Problem['code'];
  readonly status: number;
  /** Each place of the request that is wrong, by JSON pointer and code. */
  readonly faults: Problem['errors'];
  /** To be quoted when a problem is reported. */
  readonly requestId: string;

  constructor(
    readonly problem: Problem,
    status: number,
  ) {
    super(`${status} ${problem.code}: ${problem.detail}`);
    this.code = problem.code;
    this.status = status;
    this.faults = problem.errors;
    this.requestId = problem.requestId;
  }
}

/** Something other than the API answered, or the API in a way that it does not describe: a proxy, a wrong address. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';

  constructor(
    readonly url: string,
    readonly status: number,
    text: string,
  ) {
    super(`${status} from ${url.replace(/\?.*/, '')}: ${text.slice(0, 300)}`);
  }
}

/** A job has ended without a file. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';

  constructor(readonly job: Job) {
    const { id, status, error } = job;
    super(error ? `job ${id}: ${error.code}: ${error.detail}` : `job ${id} has no file: ${status}`);
  }
}
