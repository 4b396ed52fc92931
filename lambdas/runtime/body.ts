import type { APIGatewayProxyEvent } from 'aws-lambda';
import { BODY_LIMIT_BYTES } from '../contract.ts';
import { Problem } from '../domain/problems.ts';
import { headerOf } from './http.ts';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;.*)?$/i;
const MAX_KEY_LENGTH = 255;
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
const QUOTED = /^"(.*)"$/;

/**
 * The JSON of a request.
 * @throws Problem `UNSUPPORTED_MEDIA_TYPE`, `BODY_TOO_LARGE`, `MALFORMED_JSON`.
 */
export function jsonOf(event: APIGatewayProxyEvent): unknown {
  if (!JSON_TYPE.test(headerOf(event, 'content-type') ?? '')) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'The Content-Type must be application/json.');
  }
  const text = textOf(event);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('MALFORMED_JSON', `The body is not JSON${positionIn(cause)}.`, { cause });
  }
}

function textOf({ body, isBase64Encoded }: APIGatewayProxyEvent): string {
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
  const bytes = Buffer.byteLength(text);
  if (bytes <= BODY_LIMIT_BYTES) return text;
  throw new Problem('BODY_TOO_LARGE', `The body has ${bytes} bytes; at most ${BODY_LIMIT_BYTES} are accepted.`);
}

/** V8's message quotes the body, which may hold anything; only the place is told. */
function positionIn(cause: unknown): string {
  const place = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
  return place === undefined ? '' : `: error at character ${place}`;
}

/**
 * The `Idempotency-Key`, bare or as a quoted string (draft-ietf-httpapi-idempotency-key-header), or `undefined`.
 * @throws Problem `INVALID_IDEMPOTENCY_KEY`.
 */
export function idempotencyKeyOf(event: APIGatewayProxyEvent): string | undefined {
  const header = headerOf(event, 'idempotency-key')?.trim();
  if (header === undefined) return undefined;
  const key = QUOTED.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
  if (key.length <= MAX_KEY_LENGTH && PRINTABLE_ASCII.test(key)) return key;
  throw new Problem('INVALID_IDEMPOTENCY_KEY', `An Idempotency-Key is 1 to ${MAX_KEY_LENGTH} printable characters.`);
}
