import { Outage } from '../domain/failures.ts';

/** @see https://docs.aws.amazon.com/general/latest/gr/api-retries.html and the lists in `@smithy/core/retry` */
const THROTTLED = [
  ...['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'LimitExceededException', 'RequestThrottled'],
  ...['SlowDown', 'Throttling', 'ThrottlingException', 'ThrottledException', 'TooManyRequestsException'],
];
/** The service does not let us in: credentials that ran out, a wrong clock, a policy that somebody is mending. */
const SHUT_OUT = [
  ...['AccessDenied', 'AccessDeniedException', 'ExpiredToken', 'ExpiredTokenException', 'InvalidAccessKeyId'],
  ...['InvalidClientTokenId', 'InvalidSignatureException', 'InvalidToken', 'MissingAuthenticationToken'],
  ...['RequestExpired', 'RequestTimeTooSkewed', 'SignatureDoesNotMatch', 'TokenRefreshRequired'],
  ...['UnrecognizedClientException', 'CredentialsProviderError', 'TokenProviderError'],
];
/** A table, bucket or queue is not there; no job can have lost it. */
const MISSING = ['NoSuchBucket', 'QueueDoesNotExist', 'ResourceNotFoundException'];
const UNANSWERED = ['TimeoutError', 'RequestTimeout', 'RequestTimeoutException'];
const NAMES = new Set([...THROTTLED, ...SHUT_OUT, ...MISSING, ...UNANSWERED]);
/** The key service behind an encrypted table, bucket or queue. */
const KEY_SERVICE = /^kms/i;

/**
 * Makes a client throw an `Outage` where its service is out of reach, after the SDK's own retries. What a service
 * answers about the call itself – a failed condition, an object that is not there – stays as it is.
 */
export function tellOutages<Client extends { readonly middlewareStack: object }>(client: Client): Client {
  // Each client types its stack by its own commands; this middleware looks at none.
  const stack = client.middlewareStack as MiddlewareStack;
  stack.add((next) => (call) => next(call).catch(rethrow), {
    name: 'tellOutages',
    step: 'initialize',
    // Outermost, so that it sees what the retries have come to; once, however many adapters share the client.
    priority: 'high',
    override: true,
  });
  return client;
}

type Send = (call: object) => Promise<object>;

interface MiddlewareStack {
  add(
    middleware: (next: Send) => Send,
    options: { name: string; step: string; priority: string; override: true },
  ): void;
}

/** @throws Outage in place of an error that is one; any other error as it is. */
export function rethrow(error: unknown): never {
  if (!isOutage(error)) throw error;
  const { name } = error;
  throw new Outage(`A service is out of reach (${name}).`, { cause: error });
}

function isOutage(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (NAMES.has(error.name) || KEY_SERVICE.test(error.name)) return true;
  const status = statusOf(error);
  if (status >= 400) return status === 401 || status === 403 || status === 429 || status >= 500;
  // No answer, or half of one, and the operating system says why: refused, reset, no such host.
  return 'code' in error && typeof error.code === 'string' && /^E[A-Z]/.test(error.code);
}

/** 0 where there was no answer. */
function statusOf(error: Error): number {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return 0;
  const metadata: { readonly httpStatusCode?: unknown } = error.$metadata;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}
