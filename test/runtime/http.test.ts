import { afterEach, describe, expect, it, vi } from 'vitest';
import { problemSchema } from '../../lambdas/domain/answers.ts';
import { Problem } from '../../lambdas/domain/problems.ts';
import { respond } from '../../lambdas/runtime/http.ts';
import { apiEvent } from '../support/api-event.ts';

afterEach(() => vi.restoreAllMocks());

const refuse = (error: unknown) =>
  respond(apiEvent({}), async () => {
    throw error;
  });

describe('an answer', () => {
  it('to a refusal is a problem with its code, its places and the id of the request', async () => {
    const faults = [{ pointer: '/title', code: 'TOO_LONG', detail: 'too long' }] as const;
    const answer = await refuse(new Problem('INVALID_REQUEST', '/title: too long', { faults }));
    expect(answer.statusCode).toBe(422);
    expect(answer.headers?.['Content-Type']).toBe('application/problem+json');
    expect(problemSchema.parse(JSON.parse(answer.body))).toEqual(JSON.parse(answer.body));
    expect(JSON.parse(answer.body)).toEqual({
      type: 'urn:quire:problem:invalid-request',
      title: 'Invalid request',
      status: 422,
      detail: '/title: too long',
      instance: '/generate',
      code: 'INVALID_REQUEST',
      errors: faults,
      requestId: 'request-1',
    });
  });

  it('to anything else is 503 with a time to come again, and tells nothing of the cause', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const answer = await refuse(new Error('table arn:aws:dynamodb:… is on fire'));
    expect(answer.statusCode).toBe(503);
    expect(answer.headers?.['Retry-After']).toBe('5');
    expect(answer.body).not.toContain('fire');
    expect(written.mock.calls.join()).toContain('fire');
  });
});
