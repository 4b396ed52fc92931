import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Auth } from '../settings.ts';

interface Refusal {
  readonly type: ResponseType;
  /** Absent for the two defaults, which stand for many statuses. */
  readonly status?: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** API Gateway wants static header values in quotes of their own. */
const RETRY_SOON = { 'Retry-After': "'1'" };
const SIGN = { 'WWW-Authenticate': "'AWS4-HMAC-SHA256'" };

const REFUSALS: readonly Refusal[] = [
  refusal(ResponseType.DEFAULT_4XX, undefined, 'BAD_REQUEST', 'Bad request', 'The request cannot be taken as it is.'),
  refusal(
    ResponseType.DEFAULT_5XX,
    undefined,
    'UNAVAILABLE',
    'Temporarily unavailable',
    'Please try again.',
    RETRY_SOON,
  ),
  refusal(ResponseType.UNAUTHORIZED, 401, 'UNAUTHENTICATED', 'Not authenticated', 'The caller is not known.', SIGN),
  refusal(ResponseType.INVALID_SIGNATURE, 403, 'INVALID_SIGNATURE', 'Invalid signature', 'The signature does not fit.'),
  refusal(ResponseType.EXPIRED_TOKEN, 403, 'EXPIRED_TOKEN', 'Expired credentials', 'The credentials have expired.'),
  refusal(ResponseType.ACCESS_DENIED, 403, 'FORBIDDEN', 'Forbidden', 'The caller may not call this API.'),
  refusal(ResponseType.RESOURCE_NOT_FOUND, 404, 'NOT_FOUND', 'Not found', 'There is no such route.'),
  refusal(ResponseType.REQUEST_TOO_LARGE, 413, 'BODY_TOO_LARGE', 'Body too large', 'The gateway takes no such body.'),
  refusal(
    ResponseType.UNSUPPORTED_MEDIA_TYPE,
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Unsupported media type',
    'The body must be application/json.',
  ),
  refusal(ResponseType.THROTTLED, 429, 'THROTTLED', 'Too many requests', 'Please slow down.', RETRY_SOON),
];

/**
 * API Gateway has one answer for an unsigned request and for a route that does not exist. Where requests are signed the
 * first is the likelier one, where nobody signs the second is the only one.
 */
const NO_TOKEN: Record<Auth, Refusal> = {
  iam: refusal(
    ResponseType.MISSING_AUTHENTICATION_TOKEN,
    401,
    'UNAUTHENTICATED',
    'Not authenticated',
    'The request is not signed (AWS Signature Version 4), or there is no such route.',
    SIGN,
  ),
  none: refusal(ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'NOT_FOUND', 'Not found', 'There is no such route.'),
};

/** The refusals that no function sees, because API Gateway answers them itself, in the shape of all the others. */
export class GatewayProblems extends Construct {
  constructor(scope: Construct, id: string, api: RestApi, auth: Auth) {
    super(scope, id);
    for (const each of [...REFUSALS, NO_TOKEN[auth]]) answer(api, each);
  }
}

function answer(api: RestApi, { type, status, code, title, detail, headers }: Refusal): void {
  const problem = JSON.stringify({
    type: `urn:quire:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail,
    code,
    errors: [],
    requestId: '$context.requestId',
  });
  api.addGatewayResponse(type.responseType, {
    type,
    ...(status === undefined ? {} : { statusCode: String(status) }),
    responseHeaders: { 'Content-Type': "'application/problem+json'", 'Cache-Control': "'no-store'", ...headers },
    // Gateway responses know this one template, whatever the caller accepts; the header above tells what it is.
    templates: { 'application/json': problem },
  });
}

function refusal(
  type: ResponseType,
  status: number | undefined,
  code: string,
  title: string,
  detail: string,
  headers?: Refusal['headers'],
): Refusal {
  return { type, code, title, detail, ...(status === undefined ? {} : { status }), ...(headers ? { headers } : {}) };
}
