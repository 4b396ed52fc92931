import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietenSdk } from '../../../local/credentials.ts';
import { type Endpoint, openEndpoint } from '../../../local/endpoint.ts';
import { deployTo } from '../../../local/stack.ts';
import { BAD_TOKENS } from '../../support/bad-tokens.ts';
import { LocalIssuer } from '../../support/issuer.ts';
import { type Client, createClient } from '../../support/raw-client.ts';
import { smallRequest } from '../requests.ts';

let issuer: LocalIssuer;
let endpoint: Endpoint;
let api: string;

beforeAll(async () => {
  quietenSdk();
  issuer = await LocalIssuer.start();
  endpoint = await openEndpoint({});
  const context = {
    auth: 'jwt',
    name: 'Quire-local-jwt',
    jwtIssuer: issuer.address,
    jwtAudience: 'quire',
    jwtReadScope: 'read',
    jwtWriteScope: 'write',
  };
  ({ api } = await deployTo(endpoint, { context }));
});
afterAll(async () => {
  await endpoint?.own?.stop();
  await issuer?.stop();
});

const SCOPES = { scope: 'read write' };
const call = (path: string, token?: string, init: RequestInit = {}) =>
  fetch(`${api}${path}`, { ...init, headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) } });
const post = (token?: string) =>
  call('/generate', token, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(smallRequest('xlsx')),
  });

/** A client whose tokens name this tenant. */
function clientOf(sub: string): Client {
  const token = issuer.token({ sub, ...SCOPES });
  return createClient(api, (url, init) => {
    const headers = { ...(init?.headers as Record<string, string>), authorization: `Bearer ${token}` };
    return fetch(url, { ...init, headers });
  });
}

describe('a caller with a good token', () => {
  it('gets a report', async () => {
    const ann = clientOf('ann');
    const { id } = await ann.generate(smallRequest('xlsx'));
    expect(await ann.ended(id, { pollMs: 100 })).toMatchObject({ status: 'done' });
  });

  it('of a key that the issuer has since a moment gets in', async () => {
    issuer.addKey('second');
    expect((await post(issuer.token(SCOPES, 'second'))).status).toBe(202);
  });

  it('may only read where it may only read, also while the policy is kept', async () => {
    const token = issuer.token({ scope: 'read' });
    expect((await call(`/status/${'a'.repeat(26)}`, token)).status).toBe(404);
    const refused = await post(token);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await call(`/status/${'a'.repeat(26)}`, token)).status).toBe(404);
  });
});

describe('a caller', () => {
  it.each(BAD_TOKENS)('with a token %s is refused before any function runs', async (_what, make) => {
    const refused = await post(make(issuer));
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await refused.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('without a token is refused', async () => {
    expect((await post()).status).toBe(401);
    expect((await call('/status/x')).status).toBe(401);
  });
});

describe('the id of another tenant', () => {
  /** The answer without what differs from call to call. */
  async function answer(path: string, token: string, id: string): Promise<string> {
    const response = await call(path.replace('{id}', id), token);
    const headers = [...response.headers].filter(([name]) => !/^(date|x-amzn|x-amz|content-length)/.test(name));
    const body = (await response.text()).replaceAll(id, '{id}').replace(/"requestId":"[^"]*"/, '"requestId":""');
    return JSON.stringify([response.status, headers, body]);
  }

  it('is answered like one that was never given out, byte by byte, on every route that takes one', async () => {
    const { id } = await clientOf('ann').generate(smallRequest('xlsx'));
    const dataset = await clientOf('ann').upload(Buffer.from('a\n1\n'));
    const bob = issuer.token({ sub: 'bob', ...SCOPES });
    const unknown = '0190a5d2-7c1e-7b3a-9f00-000000000000';
    expect(await answer('/status/{id}', bob, id)).toBe(await answer('/status/{id}', bob, unknown));
    const named = async (of: string) => {
      const body = smallRequest('xlsx', { rows: undefined, dataset: { id: of, format: 'csv' } });
      const headers = { 'content-type': 'application/json' };
      const response = await call('/generate', bob, { method: 'POST', headers, body: JSON.stringify(body) });
      return `${response.status} ${(await response.text()).replaceAll(of, '').replace(/"requestId":"[^"]*"/, '')}`;
    };
    expect(await named(dataset)).toBe(await named(unknown));
  });
});
