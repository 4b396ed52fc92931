import { describe, expect, it } from 'vitest';
import { JOBS, problemExample } from '../../local/docs/openapi/examples.ts';
import { check, routeOf } from './documented.ts';

const status = routeOf('GET', '/status/abc');
const answer = (code: number, body: unknown, type = 'application/json') =>
  new Response(JSON.stringify(body), { status: code, headers: { 'content-type': type } });
const held = async (response: Response) => {
  if (status === undefined) throw new Error('there is no such route');
  await check(status, response);
};

describe('an answer', () => {
  it('that is described is let through', async () => {
    await held(answer(200, JOBS.done));
    await held(answer(404, problemExample('NOT_FOUND', '/status/abc'), 'application/problem+json'));
  });

  it.each([
    ['with a member too many', answer(200, { ...JOBS.done, tenant: 'x' })],
    ['without a member', answer(200, { ...JOBS.done, links: undefined })],
    ['of an unknown status', answer(201, JOBS.done)],
    [
      'with a code of another route',
      answer(422, problemExample('IDEMPOTENCY_KEY_REUSED', '/'), 'application/problem+json'),
    ],
    ['with a refusal that says it is JSON', answer(404, problemExample('NOT_FOUND', '/'))],
  ])('%s is found', async (_, response) => {
    await expect(held(response)).rejects.toThrow();
  });
});

it('a route is found by its method and its path', () => {
  expect(routeOf('GET', '/openapi.json')?.operationId).toBe('contract');
  expect(routeOf('GET', '/openapiXjson')).toBeUndefined();
  expect(routeOf('PUT', '/generate')).toBeUndefined();
});
