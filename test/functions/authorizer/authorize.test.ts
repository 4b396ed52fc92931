import { describe, expect, it } from 'vitest';
import type { Callers } from '../../../lambdas/domain/caller.ts';
import { authorize } from '../../../lambdas/functions/authorizer/authorize.ts';

const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:api/prod/GET/status/1';
const STAGE = 'arn:aws:execute-api:eu-west-1:123456789012:api/prod';
const TOKEN = 'Bearer a.b.c';

const knows = (...scopes: string[]): Callers => ({
  identify: async (token) => (token === 'a.b.c' ? { tenant: 'issuer ann', scopes: new Set(scopes) } : undefined),
});
const ask = (header: string, callers: Callers, scopes = { readScope: '', writeScope: '' }) =>
  authorize(header, ARN, callers, scopes);

describe('the bearer of a token', () => {
  it('may call every route of the stage, and none of another stage', async () => {
    expect(await ask(TOKEN, knows())).toEqual({
      principal: expect.stringMatching(/^[0-9a-f]{32}$/),
      tenant: 'issuer ann',
      effect: 'Allow',
      resources: [`${STAGE}/GET/*`, `${STAGE}/POST/*`, `${STAGE}/DELETE/*`],
    });
  });

  it.each([
    [['read'], ['GET']],
    [['write'], ['POST', 'DELETE']],
    [
      ['read', 'write', 'other'],
      ['GET', 'POST', 'DELETE'],
    ],
  ])('with the scopes %j may call %j', async (scopes, methods) => {
    const answer = await ask(TOKEN, knows(...scopes), { readScope: 'read', writeScope: 'write' });
    expect(answer).toMatchObject({ effect: 'Allow', resources: methods.map((method) => `${STAGE}/${method}/*`) });
  });

  it('without a scope that is asked for may call nothing', async () => {
    const answer = await ask(TOKEN, knows('other'), { readScope: 'read', writeScope: 'write' });
    expect(answer).toMatchObject({ effect: 'Deny', resources: [`${STAGE}/*`] });
  });

  it.each(['', 'a.b.c', 'Basic a.b.c', 'Bearer', 'Bearer a.b', 'Bearer a.b.c.d', 'Bearer a.b.c x', 'Bearer x.y.z'])(
    'is nobody where the header is %j',
    async (header) => {
      expect(await ask(header, knows())).toBeUndefined();
    },
  );
});
