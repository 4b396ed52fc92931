/** One place in the request that is wrong: an RFC 6901 pointer, and what is wrong there. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** Why a call is refused. How each becomes an HTTP status stands in `runtime/http.ts`. */
export type ProblemCode =
  | 'MALFORMED_JSON'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'UNAUTHENTICATED'
  | 'NOT_FOUND'
  | 'GONE'
  | 'BODY_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INVALID_REQUEST'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'UNAVAILABLE';

/** A refusal that the client is told of. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly faults: readonly Fault[];

  constructor(code: ProblemCode, detail: string, options: ErrorOptions & { readonly faults?: readonly Fault[] } = {}) {
    super(detail, options);
    this.code = code;
    this.faults = options.faults ?? [];
  }
}
