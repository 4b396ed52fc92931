import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { type Auth, JSON_TYPE, PROBLEM_TYPE, PROBLEMS, type ProblemCode, problemType } from '../../lambdas/contract.ts';

/** One answer that API Gateway gives by itself. Its status and title stand in the contract, by its code. */
interface Refusal {
  readonly type: ResponseType;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** API Gateway wants static header values in quotes of their own. */
const RETRY_SOON = { 'Retry-After': "'1'" };
const CHALLENGES: Record<Auth, Readonly<Record<string, string>>> = {
  iam: { 'WWW-Authenticate': "'AWS4-HMAC-SHA256'" },
  jwt: { 'WWW-Authenticate': "'Bearer'" },
  none: {},
};

/** What every refusal becomes that has no answer of its own: many statuses, so none can be told in the body. */
const DEFAULTS: readonly Refusal[] = [
  { type: ResponseType.DEFAULT_4XX, code: 'BAD_REQUEST', detail: 'The request is not valid.' },
  { type: ResponseType.DEFAULT_5XX, code: 'UNAVAILABLE', detail: 'Please try again.', headers: RETRY_SOON },
];

const REFUSALS: readonly Refusal[] = [
  { type: ResponseType.INVALID_SIGNATURE, code: 'INVALID_SIGNATURE', detail: 'The signature does not match.' },
  { type: ResponseType.EXPIRED_TOKEN, code: 'EXPIRED_TOKEN', detail: 'The credentials have expired.' },
  { type: ResponseType.ACCESS_DENIED, code: 'FORBIDDEN', detail: 'The caller is not allowed to call this API.' },
  { type: ResponseType.RESOURCE_NOT_FOUND, code: 'NOT_FOUND', detail: 'There is no such route.' },
  { type: ResponseType.REQUEST_TOO_LARGE, code: 'BODY_TOO_LARGE', detail: 'The body is larger than 10 MB.' },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: `The body must be ${JSON_TYPE}.`,
  },
  // The issuer's keys cannot be had, so nobody can say who is calling.
  { type: ResponseType.AUTHORIZER_FAILURE, code: 'UNAVAILABLE', detail: 'Please try again.', headers: RETRY_SOON },
  { type: ResponseType.THROTTLED, code: 'THROTTLED', detail: 'Please slow down.', headers: RETRY_SOON },
];

/**
 * API Gateway has one answer for an unsigned request and for a route that does not exist. Where requests are signed the
 * first is the likelier one, where nobody signs the second is the only one.
 */
const NO_TOKEN: Record<Auth, Refusal> = {
  iam: {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    code: 'UNAUTHENTICATED',
    detail: 'The request is not signed (AWS Signature Version 4), or there is no such route.',
    headers: CHALLENGES.iam,
  },
  jwt: { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'NOT_FOUND', detail: 'There is no such route.' },
  none: { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'NOT_FOUND', detail: 'There is no such route.' },
};

/** The refusals that no function sees, because API Gateway answers them itself, in the shape of all the others. */
export class GatewayProblems extends Construct {
  constructor(scope: Construct, id: string, api: RestApi, auth: Auth) {
    super(scope, id);
    for (const each of DEFAULTS) answer(api, each, undefined);
    const unknown: Refusal = {
      type: ResponseType.UNAUTHORIZED,
      code: 'UNAUTHENTICATED',
      detail: 'The caller is not known.',
      headers: CHALLENGES[auth],
    };
    for (const each of [unknown, ...REFUSALS, NO_TOKEN[auth]]) answer(api, each, PROBLEMS[each.code].status);
  }
}

function answer(api: RestApi, { type, code, detail, headers }: Refusal, status: number | undefined): void {
  const problem = {
    type: problemType(code),
    title: PROBLEMS[code].title,
    status,
    detail,
    code,
    errors: [],
    requestId: '$context.requestId',
  };
  api.addGatewayResponse(type.responseType, {
    type,
    ...(status === undefined ? {} : { statusCode: String(status) }),
    responseHeaders: { 'Content-Type': `'${PROBLEM_TYPE}'`, 'Cache-Control': "'no-store'", ...headers },
    // Gateway responses know this one template, whatever the caller accepts; the header above says what it is.
    templates: { [JSON_TYPE]: JSON.stringify(problem) },
  });
}
