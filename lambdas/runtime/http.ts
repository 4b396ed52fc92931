import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { JSON_TYPE, PROBLEM_TYPE, PROBLEMS, problemType } from '../contract.ts';
import type { JobView, ProblemDocument } from '../domain/answers.ts';
import { Problem } from '../domain/problems.ts';
import { isTerminalView } from '../domain/view.ts';
import { knownOfInvocation, log } from './observability.ts';

const RETRY_AFTER_OUTAGE_SECONDS = 5;

type Headers = Record<string, string>;

export function json(statusCode: number, body: object, headers: Headers = {}): APIGatewayProxyResult {
  const standard = { 'Content-Type': JSON_TYPE, 'Cache-Control': 'no-store' };
  return { statusCode, headers: { ...standard, ...headers }, body: JSON.stringify(body) };
}

/** To a file, by a link that is signed for this call alone. Nobody there need know from where. */
export function redirect({ url }: { readonly url: string }): APIGatewayProxyResult {
  const headers = { Location: url, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };
  return { statusCode: 302, headers, body: '' };
}

/** Done, and there is nothing more to say. */
export function nothing(): APIGatewayProxyResult {
  return { statusCode: 204, headers: { 'Cache-Control': 'no-store' }, body: '' };
}

/**
 * Runs the handler's one call and turns what it throws into `application/problem+json` (RFC 9457). Whatever is not a
 * refusal is an outage: the client is asked to try again, and learns nothing of the cause.
 */
export async function respond(
  event: APIGatewayProxyEvent,
  call: () => Promise<APIGatewayProxyResult>,
): Promise<APIGatewayProxyResult> {
  knownOfInvocation({ requestId: event.requestContext.requestId });
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof Problem) return problem(cause, event);
    log.error('answered 503', {}, cause);
    return problem(new Problem('UNAVAILABLE', 'The service cannot answer now. Please try again.'), event);
  }
}

function problem(refusal: Problem, event: APIGatewayProxyEvent): APIGatewayProxyResult {
  const { status, title } = PROBLEMS[refusal.code];
  const body: ProblemDocument = {
    type: problemType(refusal.code),
    title,
    status,
    detail: refusal.message,
    instance: event.path,
    code: refusal.code,
    errors: refusal.faults,
    requestId: event.requestContext.requestId,
  };
  const retry: Headers = status === 503 ? { 'Retry-After': String(RETRY_AFTER_OUTAGE_SECONDS) } : {};
  return json(status, body, { 'Content-Type': PROBLEM_TYPE, ...retry });
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
