import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../lambdas/domain/parse-request.ts';
import { Problem } from '../../lambdas/domain/problems.ts';
import { jsonOf } from '../../lambdas/runtime/body.ts';
import { BODIES } from '../schema/bodies.ts';

const event = (bytes: Uint8Array) => ({
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
});

/** The code of the refusal; `undefined` where it is accepted. */
function codeOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('a body of JSONTestSuite', () => {
  it('there are hundreds', () => {
    expect(BODIES.filter(({ kind }) => kind === 'n').length).toBeGreaterThan(150);
    expect(BODIES.filter(({ kind }) => kind === 'y').length).toBeGreaterThan(80);
  });

  it.each(BODIES.filter(({ kind }) => kind === 'y'))('$name is read', ({ bytes }) => {
    expect(codeOf(() => jsonOf(event(bytes) as unknown as APIGatewayProxyEvent))).toBeUndefined();
  });

  it.each(BODIES.filter(({ kind }) => kind === 'n'))('$name is refused as no JSON', ({ bytes }) => {
    expect(codeOf(() => jsonOf(event(bytes) as unknown as APIGatewayProxyEvent))).toBe('MALFORMED_JSON');
  });

  it.each(BODIES)('$name is no request, and nothing breaks over it', ({ bytes }) => {
    const code = codeOf(() => parseRequest(jsonOf(event(bytes) as unknown as APIGatewayProxyEvent)));
    expect(code).toMatch(/^(MALFORMED_JSON|INVALID_REQUEST)$/);
  });
});
