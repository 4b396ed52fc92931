import { describe, expect, it } from 'vitest';
import { BODY_LIMIT_BYTES } from '../../lambdas/contract.ts';
import { idempotencyKeyOf, jsonOf } from '../../lambdas/runtime/body.ts';
import { apiEvent } from '../support/api-event.ts';

const keyOf = (value: string) => idempotencyKeyOf(apiEvent({ headers: { 'IDEMPOTENCY-key': value } }));

describe('an Idempotency-Key', () => {
  it('means the same bare and quoted', () => {
    expect(keyOf('8e03978e-40d5')).toBe('8e03978e-40d5');
    expect(keyOf('"8e03978e-40d5"')).toBe('8e03978e-40d5');
    expect(keyOf('"a \\"b\\" \\\\"')).toBe('a "b" \\');
  });

  it('may have 255 characters, not counting quotes', () => {
    expect(keyOf(`"${'k'.repeat(255)}"`)).toHaveLength(255);
    expect(() => keyOf('k'.repeat(256))).toThrow(expect.objectContaining({ code: 'INVALID_IDEMPOTENCY_KEY' }));
  });

  it.each(['""', '', ' ', 'schlüssel', 'a\u0000b'])('%j is refused', (value) => {
    expect(() => keyOf(value)).toThrow(expect.objectContaining({ code: 'INVALID_IDEMPOTENCY_KEY' }));
  });

  it('may be absent', () => expect(idempotencyKeyOf(apiEvent({}))).toBeUndefined());
});

describe('a body', () => {
  it('is read as JSON, plain or in base64', () => {
    const text = '{"title":"Überschuß"}';
    expect(jsonOf(apiEvent({ body: text }))).toEqual({ title: 'Überschuß' });
    const encoded = Buffer.from(text).toString('base64');
    expect(jsonOf(apiEvent({ body: encoded, isBase64Encoded: true }))).toEqual({ title: 'Überschuß' });
  });

  it.each([
    'application/json; charset=utf-8',
    'application/json; charset="UTF-8"; profile=x',
    'application/problem+json',
    'APPLICATION/JSON',
  ])('may be %s', (type) => {
    expect(jsonOf(apiEvent({ body: '1', headers: { 'Content-Type': type } }))).toBe(1);
  });

  it.each(['text/plain', 'text/json', 'application/x-www-form-urlencoded', ''])('may not be %j', (type) => {
    const event = apiEvent({ body: '{}', headers: { 'Content-Type': type } });
    expect(() => jsonOf(event)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }));
  });

  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{', 'line 1, column 2'],
    ['{"a":1,}', 'line 1, column 8'],
    ['{"a":NaN}', 'line 1, column 6'],
    ['{"a": 1,\n  "b": Infinity}', 'line 2, column 8'],
    ['undefined', 'line 1, column 1'],
    ["{'a':1}", 'line 1, column 2'],
    ['\ufeff\ufeff{}', 'line 1, column 1'],
  ])('%j is malformed, and the place is named', (body, place) => {
    expect(() => jsonOf(apiEvent({ body }))).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON' }));
    expect(() => jsonOf(apiEvent({ body }))).toThrow(
      `The body is not JSON: ${place.replace('line', 'error at line')}.`,
    );
  });

  it('may begin with a byte order mark, which is no part of it', () => {
    expect(jsonOf(apiEvent({ body: '\ufeff{"a":1}' }))).toEqual({ a: 1 });
    const encoded = Buffer.from('\ufeff{"a":1}').toString('base64');
    expect(jsonOf(apiEvent({ body: encoded, isBase64Encoded: true }))).toEqual({ a: 1 });
  });

  it.each([
    ['Latin-1', Buffer.from('{"title":"Überschuß"}', 'latin1')],
    ['UTF-16', Buffer.from('{"a":1}\u1234\ud83d', 'utf16le')],
    ['half a character', Buffer.from('{"a":"ä"}').subarray(0, 7)],
  ])('that is no UTF-8 but %s is malformed, and not read as something else', (_, bytes) => {
    const event = apiEvent({ body: bytes.toString('base64'), isBase64Encoded: true });
    expect(() => jsonOf(event)).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON' }));
    expect(() => jsonOf(event)).toThrow(/UTF-8/);
  });

  it.each([
    ['Content-Encoding', 'gzip', /Content-Encoding/],
    ['Content-Encoding', 'identity, br', /Content-Encoding/],
    ['Content-Type', 'application/json; charset=utf-16', /charset/],
    ['Content-Type', 'application/json;charset="ISO-8859-1"', /charset/],
  ])('with %s: %s is of an unsupported media type', (name, value, what) => {
    const event = apiEvent({ body: '{}', headers: { [name]: value } });
    expect(() => jsonOf(event)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }));
    expect(() => jsonOf(event)).toThrow(what);
  });

  it('that is malformed is not quoted back', () => {
    expect(() => jsonOf(apiEvent({ body: '{"secret": hunter2}' }))).toThrow(/^(?!.*hunter2)/);
  });

  it('over the limit is refused with the limit, counted in bytes', () => {
    const body = JSON.stringify('ä'.repeat(BODY_LIMIT_BYTES / 2));
    expect(() => jsonOf(apiEvent({ body }))).toThrow(expect.objectContaining({ code: 'BODY_TOO_LARGE' }));
    expect(() => jsonOf(apiEvent({ body }))).toThrow(String(BODY_LIMIT_BYTES));
  });
});
