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

  it.each(['application/json; charset=utf-8', 'application/problem+json', 'APPLICATION/JSON'])('may be %s', (type) => {
    expect(jsonOf(apiEvent({ body: '1', headers: { 'Content-Type': type } }))).toBe(1);
  });

  it.each(['text/plain', 'text/json', 'application/x-www-form-urlencoded', ''])('may not be %j', (type) => {
    const event = apiEvent({ body: '{}', headers: { 'Content-Type': type } });
    expect(() => jsonOf(event)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }));
  });

  it.each(['', '{', '{"a":1,}', 'undefined', "{'a':1}", '\ufeff{}'])('%j is malformed', (body) => {
    expect(() => jsonOf(apiEvent({ body }))).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON' }));
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
