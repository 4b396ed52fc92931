import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem, type ProblemCode } from '../domain/problems.ts';
import { isTerminalView, type JobView } from '../domain/view.ts';
import { log } from './observability.ts';

/** The one table from refusals to HTTP. */
const STATUS: Record<ProblemCode, { readonly status: number; readonly title: string }> = {
  MALFORMED_JSON: { status: 400, title: 'Malformed JSON' },
  INVALID_IDEMPOTENCY_KEY: { status: 400, title: 'Invalid Idempotency-Key' },
  UNAUTHENTICATED: { status: 401, title: 'Not authenticated' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  GONE: { status: 410, title: 'Gone' },
  BODY_TOO_LARGE: { status: 413, title: 'Body too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type' },
  INVALID_REQUEST: { status: 422, title: 'Invalid request' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'Idempotency-Key reused' },
  UNAVAILABLE: { status: 503, title: 'Temporarily unavailable' },
};

const RETRY_AFTER_OUTAGE_SECONDS = 5;

type Headers = Record<string, string>;

export function json(statusCode: number, body: object, headers: Headers = {}): APIGatewayProxyResult {
  const standard = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  return { statusCode, headers: { ...standard, ...headers }, body: JSON.stringify(body) };
}

/**
 * Runs the handler's one call and turns what it throws into `application/problem+json` (RFC 9457). Whatever is not a
 * refusal is an outage: the client is told to come again, and nothing of the cause.
 */
export async function respond(
  event: APIGatewayProxyEvent,
  call: () => Promise<APIGatewayProxyResult>,
): Promise<APIGatewayProxyResult> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof Problem) return problem(cause, event);
    const requestId = event.requestContext.requestId;
    log.error('answered 503', { requestId }, cause);
    return problem(new Problem('UNAVAILABLE', 'The service cannot answer now. Please try again.'), event);
  }
}

function problem(refusal: Problem, event: APIGatewayProxyEvent): APIGatewayProxyResult {
  const { status, title } = STATUS[refusal.code];
  const body = {
    type: `urn:quire:problem:${refusal.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: refusal.message,
    instance: event.path,
    code: refusal.code,
    errors: refusal.faults,
    requestId: event.requestContext.requestId,
  };
  const retry: Headers = status === 503 ? { 'Retry-After': String(RETRY_AFTER_OUTAGE_SECONDS) } : {};
  return json(status, body, { 'Content-Type': 'application/problem+json', ...retry });
}

/** How long a client should wait before it asks again, in seconds; asked often at first, since most reports are small. */
export function retryAfter(view: JobView, now: number): Headers {
  if (isTerminalView(view)) return {};
  const age = now - Date.parse(view.createdAt);
  return { 'Retry-After': age < 10_000 ? '1' : '5' };
}

/** Names of headers differ in case between gateways. */
export function headerOf(event: APIGatewayProxyEvent, name: string): string | undefined {
  const found = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}
