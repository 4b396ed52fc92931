import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { BODY_LIMIT_BYTES, JSON_TYPE } from '../contract.ts';
import { parseExactly } from '../domain/exact-json.ts';
import { LIMITS } from '../domain/limits.ts';
import { Problem } from '../domain/problems.ts';
import { headerOf } from './http.ts';
import { placeOfError } from './json-place.ts';

const IS_JSON = /^application\/(?:[\w.+-]+\+)?json$/i;
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
const QUOTED = /^"(.*)"$/;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The JSON of a request; a number whose digits a double would change is given as text.
 * @throws Problem `UNSUPPORTED_MEDIA_TYPE`, `BODY_TOO_LARGE`, `MALFORMED_JSON`.
 */
export function jsonOf(event: APIGatewayProxyEvent): unknown {
  checkType(headerOf(event, 'content-type') ?? '');
  checkCoding(headerOf(event, 'content-encoding') ?? '');
  const text = textOf(event);
  try {
    return parseExactly(text);
  } catch (cause) {
    const place = text.trim() === '' ? 'it is empty' : `error at ${placeOfError(text)}`;
    throw new Problem('MALFORMED_JSON', `The body is not JSON: ${place}.`, { cause });
  }
}

/** As {@link jsonOf}, but a call may well come without a body; then `undefined`. */
export function optionalJsonOf(event: APIGatewayProxyEvent): unknown {
  return event.body ? jsonOf(event) : undefined;
}

function checkType(header: string): void {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim());
  if (!IS_JSON.test(type)) throw new Problem('UNSUPPORTED_MEDIA_TYPE', `The Content-Type must be ${JSON_TYPE}.`);
  const charsets = parameters.flatMap((parameter) => /^charset="?([^"]*)"?$/i.exec(parameter)?.[1] ?? []);
  if (charsets.every((charset) => /^utf-?8$/i.test(charset))) return;
  throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'The charset must be UTF-8: JSON allows no other (RFC 8259).');
}

function checkCoding(header: string): void {
  const coding = header.trim();
  if (coding === '' || coding.toLowerCase() === 'identity') return;
  throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'A body with a Content-Encoding is not accepted: send it unencoded.');
}

function textOf({ body, isBase64Encoded }: APIGatewayProxyEvent): string {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > BODY_LIMIT_BYTES) {
    throw new Problem(
      'BODY_TOO_LARGE',
      `The body has ${bytes.length} bytes; at most ${BODY_LIMIT_BYTES} are accepted. Upload more rows with POST /datasets.`,
    );
  }
  if (!isUtf8(bytes)) throw new Problem('MALFORMED_JSON', 'The body is not UTF-8.');
  const text = bytes.toString('utf8');
  // Some systems write one; RFC 8259, 8.1, lets a reader ignore it.
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/**
 * The `Idempotency-Key`, bare or as a quoted string (draft-ietf-httpapi-idempotency-key-header), or `undefined`.
 * @throws Problem `INVALID_IDEMPOTENCY_KEY`.
 */
export function idempotencyKeyOf(event: APIGatewayProxyEvent): string | undefined {
  const header = headerOf(event, 'idempotency-key')?.trim();
  if (header === undefined) return undefined;
  const key = QUOTED.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
  const most = LIMITS.idempotencyKeyLength;
  if (key.length <= most && PRINTABLE_ASCII.test(key)) return key;
  throw new Problem('INVALID_IDEMPOTENCY_KEY', `An Idempotency-Key is 1 to ${most} printable characters.`);
}
